package io.firn.world;

import io.firn.failure.ExitCode;
import io.firn.simulator.world.WorldCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The world's cluster with this module's movers as its images: `firn`, and `late`, whose first
/// start ends as if somebody else held a lock.
public final class EngineWorld {
  private static final Map<String, List<String>> IMAGES =
      Map.of("firn", moverCommand(), "late", lateCommand());

  private EngineWorld() {}

  public static WorldCluster cluster() {
    return WorldCluster.shared(IMAGES);
  }

  private static List<String> moverCommand() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx128m",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        "io.firn.mover.MoverMain");
  }

  private static List<String> lateCommand() {
    try {
      Path folder = Files.createTempDirectory("firn-late");
      folder.toFile().deleteOnExit();
      Path mark = folder.resolve("mark");
      mark.toFile().deleteOnExit();
      String script =
          "mkdir '%s' 2>/dev/null && exit %d; exec \"$@\"".formatted(mark, ExitCode.VAULT_LOCKED);
      return Stream.concat(Stream.of("/bin/sh", "-c", script, "sh"), moverCommand().stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
