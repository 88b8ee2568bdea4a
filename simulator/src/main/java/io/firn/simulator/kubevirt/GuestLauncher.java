package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.at;
import static io.firn.simulator.client.Fields.objects;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.ClaimHandle;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.Types;
import io.firn.simulator.guest.Guest;
import io.firn.simulator.guest.GuestSpec;
import io.firn.simulator.guest.GuestSpec.GuestDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Boots the guest of an instance on the disks of its claims, in the order of the spec's disks.
/// Other volumes (cloud-init, container disks) have no bytes that matter here.
final class GuestLauncher {
  /// Says on the instance whether the guest has an agent; "true" if absent.
  static final String AGENT_ANNOTATION = "simulator.firn.io/guest-agent";

  private final ApiClient client;
  private final KubeVirtOptions options;

  GuestLauncher(ApiClient client, KubeVirtOptions options) {
    this.client = client;
    this.options = options;
  }

  RunningGuest launch(ObjectNode instance) throws IOException {
    List<String> lines = new ArrayList<>();
    firmwareState(instance).ifPresent(lines::addAll);
    GuestSpec spec =
        new GuestSpec(
            Meta.namespace(instance),
            Meta.name(instance),
            Meta.uid(instance),
            !Meta.annotation(instance, AGENT_ANNOTATION).equals("false"),
            disks(instance),
            seed(instance));
    Guest guest = options.guests().create(spec);
    guest.boot();
    return new RunningGuest(
        spec.namespace(), spec.name(), spec.uid(), podName(instance), guest, lines);
  }

  /// The same machine writes the same bytes from the same seed, whatever its UID.
  private long seed(ObjectNode instance) {
    String identity = Meta.namespace(instance) + "/" + Meta.name(instance);
    return options.seed() * 31 + identity.hashCode();
  }

  private String podName(ObjectNode instance) {
    String selector = InstanceBuilder.CREATED_BY + "=" + Meta.uid(instance);
    return client.list(Types.POD, Meta.namespace(instance), selector).stream()
        .filter(pod -> !Meta.deleting(pod))
        .map(Meta::name)
        .findFirst()
        .orElse("");
  }

  private List<GuestDisk> disks(ObjectNode instance) throws IOException {
    List<GuestDisk> disks = new ArrayList<>();
    for (ObjectNode disk : objects(instance, "spec", "domain", "devices", "disks")) {
      String name = text(disk, "name");
      Optional<ObjectNode> volume = Fields.named(at(instance, "spec", "volumes"), "name", name);
      String claim = volume.map(VolumeClaims::claimName).orElse("");
      if (!claim.isEmpty()) {
        boolean readOnly =
            at(disk, "disk", "readonly").asBoolean()
                || volume.map(VolumeClaims::isEphemeral).orElse(false);
        String handle = handle(instance, claim);
        disks.add(new GuestDisk(name, options.volumes().disk(handle), readOnly));
      }
    }
    return disks;
  }

  private String handle(ObjectNode instance, String claim) throws IOException {
    return new ClaimHandle(client)
        .of(Meta.namespace(instance), claim)
        .orElseThrow(() ->
            new IOException(
                "claim "
                    + Meta.namespace(instance)
                    + "/"
                    + claim
                    + " has no CSI volume yet; it is mounted when it is bound"));
  }

  private Optional<List<String>> firmwareState(ObjectNode instance) throws IOException {
    if (!BackendStorage.needed(instance.path("spec"))) {
      return Optional.empty();
    }
    String claim = new BackendStorage(client).find(instance).map(Meta::name).orElse("");
    Path folder = options.volumes().path(handle(instance, claim));
    return Optional.of(FirmwareState.open(folder, instance));
  }
}
