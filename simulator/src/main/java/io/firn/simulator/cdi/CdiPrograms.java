package io.firn.simulator.cdi;

import io.firn.simulator.client.ApiClient;
import io.firn.simulator.kubelet.Program;
import java.util.Map;

/// What CDI's images do on the node, by short name: for a real CDI, whose controller makes the
/// pods.
public final class CdiPrograms {
  private CdiPrograms() {}

  public static Map<String, Program> of(ApiClient client) {
    ClaimDisks disks = new ClaimDisks(client);
    Uploads uploads = new Uploads();
    return Map.of(
        "cdi-importer", new ImporterProgram(disks),
        "cdi-cloner", new ClonerProgram(disks, uploads),
        "cdi-uploadserver", uploads);
  }
}
