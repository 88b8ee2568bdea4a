package io.firn.dist;

import io.firn.cli.Terminal;
import io.firn.repository.Repository;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Loads the classes that commands load, so that the launcher can keep them in a class archive.
/// Movers, too: a small disk goes to a vault in a temporary folder and back. Prints nothing, leaves
/// nothing.
final class ClassTraining {
  private static final Pattern TREE = Pattern.compile("\"tree\":\"([0-9a-f]{64})\"");

  private ClassTraining() {}

  public static void main(String[] arguments) throws IOException {
    String[][] lines = {
      {"--help"},
      {"backup", "--help"},
      {"restore", "--help"},
      {"version", "-o", "json"},
      {"version", "-o", "yaml"},
      // Nothing listens there: the client is loaded all the same.
      {"backup", "vm/x", "--plan", "--context", "none"},
      {"points", "--vault", "/nonexistent", "--password-file", "/nonexistent"},
    };
    for (String[] line : lines) {
      run(line);
    }
    Repository.prepareOpen();
    Path folder = Files.createTempDirectory("firn-training");
    try {
      movers(folder);
    } finally {
      try (Stream<Path> inside = Files.walk(folder)) {
        inside.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
      }
    }
  }

  private static void movers(Path folder) throws IOException {
    String password = Files.writeString(folder.resolve("password"), "training").toString();
    String vault = folder.resolve("vault").toString();
    byte[] content = new byte[3 << 20];
    new Random(1).nextBytes(content);
    java.util.Arrays.fill(content, 1 << 20, 2 << 20, (byte) 0);
    String disk = Files.write(folder.resolve("disk"), content).toString();
    String result = folder.resolve("result").toString();
    run("vault", "init", "--vault", vault, "--password-file", password);
    String[] common = {
      "--vault", vault, "--domain", "d", "--password-file", password, "--result", result
    };
    run(with(common, "mover", "backup", "--source", disk));
    run(with(common, "mover", "backup", "--source", disk));
    Matcher tree = TREE.matcher(Files.readString(Path.of(result)));
    if (tree.find()) {
      String id = tree.group(1);
      Path ranges = Files.writeString(folder.resolve("ranges"), "0 65536\n");
      String[] since = {"--changed-ranges", ranges.toString(), "--parent", id};
      run(with(common, with(since, "mover", "backup", "--source", disk)));
      String target = folder.resolve("restored").toString();
      run(with(common, "mover", "restore", "--tree", id, "--target", target));
    }
    run("points", "--vault", vault, "--password-file", password);
    bucket(folder, password);
  }

  /// Nothing listens there either: the request is made, signed and refused.
  private static void bucket(Path folder, String password) throws IOException {
    Path credentials = folder.resolve("credentials");
    Files.writeString(credentials, "[default]\naws_access_key_id = a\naws_secret_access_key = b\n");
    String vault = "s3://training/v?endpoint=http://127.0.0.1:1&region=none&retries=0";
    String keys = credentials.toString();
    run("points", "--vault", vault, "--s3-credentials-file", keys, "--password-file", password);
  }

  private static String[] with(String[] common, String... line) {
    return Stream.concat(Stream.of(line), Stream.of(common)).toArray(String[]::new);
  }

  private static void run(String... line) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Firn.cli(Firn.session(new Terminal(nowhere, nowhere, 0))).run(line);
  }
}
