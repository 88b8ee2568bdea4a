package io.firn.simulator.cdi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.Quantities;
import io.firn.simulator.client.Types;
import io.firn.simulator.kubelet.Program;
import java.io.IOException;
import java.nio.file.Path;

/// The disk on the claim that a pod of CDI's works on (volume `cdi-data-vol`).
record ClaimDisks(ApiClient client) {
  static final String VOLUME = "cdi-data-vol";

  /// The disk to be filled, as large as the claim allows.
  DiskTarget target(Program.Work work) throws IOException {
    Path volume = volume(work);
    ObjectNode claim = claim(work.pod());
    boolean block = Fields.text(claim, "spec", "volumeMode").equals("Block");
    long capacity = Quantities.bytes(Fields.text(claim, "status", "capacity", "storage"));
    return DiskTarget.of(volume, ClaimSize.usable(capacity, block));
  }

  static Path volume(Program.Work work) throws IOException {
    Path volume = work.volumes().get(VOLUME);
    if (volume == null) {
      throw new IOException("pod " + Meta.name(work.pod()) + " has no volume " + VOLUME);
    }
    return volume;
  }

  private ObjectNode claim(ObjectNode pod) throws IOException {
    String name =
        Fields.named(Fields.at(pod, "spec", "volumes"), "name", VOLUME)
            .map(one -> Fields.text(one, "persistentVolumeClaim", "claimName"))
            .orElse("");
    return client
        .get(Types.CLAIM, Meta.namespace(pod), name)
        .orElseThrow(
            () -> new IOException("claim " + Meta.namespace(pod) + "/" + name + " not found"));
  }
}
