package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import io.firn.simulator.guest.Guest.AgentException;
import io.firn.simulator.guest.GuestInfo;
import java.util.Locale;

/// The agent's answers as guestosinfo, userlist and filesystemlist pass them on.
final class AgentAnswers {
  private AgentAnswers() {}

  static ObjectNode of(String action, RunningGuest guest) throws AgentException {
    GuestInfo info = guest.guest().info();
    return switch (action) {
      case "userlist" -> list("VirtualMachineInstanceGuestOSUserList");
      case "filesystemlist" -> fileSystems(info);
      default -> everything(info, guest);
    };
  }

  private static ObjectNode everything(GuestInfo info, RunningGuest guest) throws AgentException {
    ObjectNode answer = Fields.newObject();
    answer.put("guestAgentVersion", info.agentVersion());
    answer.put("hostname", info.hostname());
    answer
        .putObject("os")
        .put("name", info.osName())
        .put("kernelRelease", info.kernel())
        .put("version", info.osVersion())
        .put("prettyName", info.osName() + " " + info.osVersion())
        .put("id", info.osName().toLowerCase(Locale.ROOT));
    answer.put("timezone", "UTC, 0");
    ObjectNode disks = answer.putObject("fsInfo");
    fill(disks.putArray("disks"), info);
    if (guest.guest().frozen()) {
      answer.put("fsFreezeStatus", "frozen");
    }
    return answer;
  }

  private static ObjectNode fileSystems(GuestInfo info) {
    ObjectNode answer = list("VirtualMachineInstanceFileSystemList");
    fill(Fields.array(answer, "items"), info);
    return answer;
  }

  private static ObjectNode list(String kind) {
    ObjectNode answer = Fields.newObject();
    answer.put("kind", kind).put("apiVersion", "subresources.kubevirt.io/v1");
    answer.putObject("metadata");
    answer.putArray("items");
    return answer;
  }

  private static void fill(ArrayNode items, GuestInfo info) {
    for (GuestInfo.FileSystem one : info.fileSystems()) {
      items
          .addObject()
          .put("diskName", one.disk())
          .put("mountPoint", one.mountPoint())
          .put("fileSystemType", one.type())
          .put("usedBytes", one.usedBytes())
          .put("totalBytes", one.totalBytes());
    }
  }
}
