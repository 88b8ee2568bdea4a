package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import io.firn.simulator.guest.AgentFacts;
import io.firn.simulator.guest.Guest.AgentException;
import java.util.Locale;

/// The agent's answers as guestosinfo, userlist and filesystemlist pass them on.
final class AgentAnswers {
  private AgentAnswers() {}

  static ObjectNode of(String action, RunningGuest guest) throws AgentException {
    AgentFacts facts = guest.guest().agentFacts();
    return switch (action) {
      case "userlist" -> list("VirtualMachineInstanceGuestOSUserList");
      case "filesystemlist" -> fileSystems(facts);
      default -> everything(facts, guest);
    };
  }

  private static ObjectNode everything(AgentFacts facts, RunningGuest guest) throws AgentException {
    ObjectNode answer = Fields.newObject();
    answer.put("guestAgentVersion", facts.agentVersion());
    answer.put("hostname", facts.hostname());
    answer
        .putObject("os")
        .put("name", facts.osName())
        .put("kernelRelease", facts.kernel())
        .put("version", facts.osVersion())
        .put("prettyName", facts.osName() + " " + facts.osVersion())
        .put("id", facts.osName().toLowerCase(Locale.ROOT));
    answer.put("timezone", "UTC, 0");
    ObjectNode disks = answer.putObject("fsInfo");
    fill(disks.putArray("disks"), facts);
    if (guest.guest().frozen()) {
      answer.put("fsFreezeStatus", "frozen");
    }
    return answer;
  }

  private static ObjectNode fileSystems(AgentFacts facts) {
    ObjectNode answer = list("VirtualMachineInstanceFileSystemList");
    fill(Fields.array(answer, "items"), facts);
    return answer;
  }

  private static ObjectNode list(String kind) {
    ObjectNode answer = Fields.newObject();
    answer.put("kind", kind).put("apiVersion", "subresources.kubevirt.io/v1");
    answer.putObject("metadata");
    answer.putArray("items");
    return answer;
  }

  private static void fill(ArrayNode items, AgentFacts facts) {
    for (AgentFacts.FileSystem one : facts.fileSystems()) {
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
