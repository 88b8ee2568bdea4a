package io.firn.dist;

import java.io.File;
import java.util.List;

/// The command that stands for the container image `firn` on the simulated cluster: this program.
/// Stateless.
final class MoverImage {
  private MoverImage() {}

  /// The launcher that started this process, or (from a class path, in tests) this JVM again.
  static List<String> command() {
    String launcher = System.getProperty("firn.launcher", "");
    if (!launcher.isEmpty()) {
      return List.of(launcher);
    }
    String java =
        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    return List.of(
        java,
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        Firn.class.getName());
  }
}
