package io.firn.mover;

import io.firn.failure.ExitCode;
import io.firn.failure.Failure;
import io.firn.point.Domain;
import io.firn.point.LocalBackends;
import io.firn.point.PasswordFile;
import io.firn.point.VaultLocation;
import io.firn.repository.Compression;
import io.firn.repository.Password;
import io.firn.repository.TreeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The mover as a program of its own, as the command line will run it: reads the protocol's
/// arguments, writes the result file.
public final class MoverMain {
  private MoverMain() {}

  public static void main(String[] arguments) throws IOException {
    List<String> line = List.of(arguments);
    Map<String, String> options = options(line);
    MoverResult result;
    try (Password password = PasswordFile.read(Path.of(required(options, "--password-file")))) {
      result =
          new Mover(LocalBackends.unmounted())
              .run(task(line), password, new ProgressLines(System.out, InstantSource.system()));
    }
    Files.writeString(Path.of(required(options, "--result")), MoverResultJson.write(result));
    System.exit(
        result instanceof MoverResult.Failed(Failure failure) ? ExitCode.ofMover(failure) : 0);
  }

  /// The task that the arguments say.
  public static MoverTask task(List<String> line) {
    Map<String, String> options = options(line);
    VaultLocation vault = VaultLocation.parse(required(options, "--vault"));
    Domain domain = new Domain(required(options, "--domain"));
    int workers = Integer.parseInt(options.getOrDefault("--workers", "0"));
    int blockSize = Integer.parseInt(options.getOrDefault("--block-size", "0"));
    return line.get(1).equals("backup")
        ? new MoverTask.Export(
            Path.of(required(options, "--source")),
            vault,
            domain,
            blockSize,
            workers,
            Compression.valueOf(
                options.getOrDefault("--compression", "fastest").toUpperCase(Locale.ROOT)),
            options.getOrDefault("--volume", ""),
            Optional.empty())
        : new MoverTask.Populate(
            vault,
            domain,
            TreeId.of(required(options, "--tree")),
            Path.of(required(options, "--target")),
            blockSize,
            workers);
  }

  private static Map<String, String> options(List<String> line) {
    Map<String, String> options = new HashMap<>();
    for (int i = 2; i + 1 < line.size(); i += 2) {
      options.put(line.get(i), line.get(i + 1));
    }
    return options;
  }

  private static String required(Map<String, String> options, String name) {
    String value = options.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }
}
