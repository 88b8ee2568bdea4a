package io.firn.cluster.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;

/// The one place that a mover may write to beside its volume and the vault: its root file system is
/// read-only, and an image that is not laid out for that unpacks native code when it starts.
/// Stateless.
final class MoverScratch {
  /// Tells the JVM of it; no image needs a `/tmp` then.
  static final String JAVA_OPTION = "-Djava.io.tmpdir=/firn/scratch";

  private static final String NAME = "scratch";
  private static final String PATH = "/firn/scratch";
  private static final String MOST = "64Mi";

  private MoverScratch() {}

  static void volume(ArrayNode volumes) {
    volumes.addObject().put("name", NAME).putObject("emptyDir").put("sizeLimit", MOST);
  }

  static void mount(ArrayNode mounts) {
    mounts.addObject().put("name", NAME).put("mountPath", PATH);
  }
}
