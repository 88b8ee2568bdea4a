package io.firn.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.cli.Session;
import io.firn.cli.Terminal;
import io.firn.point.StoreAccess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A shell for tests: an environment, and real command lines in it. For one thread.
final class FirnShell {
  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  /// With a password for its vaults; `folder` is where it keeps files of its own.
  FirnShell(Path folder, String password) {
    this.folder = folder;
    try {
      set("FIRN_PASSWORD_FILE", Files.writeString(folder.resolve("password"), password));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    set("HOME", folder);
    set("XDG_CACHE_HOME", folder.resolve("cache"));
  }

  /// What a command left: its exit code and both streams.
  record Outcome(int exitCode, String out, String err) {
    String all() {
      return out + err;
    }
  }

  FirnShell set(String name, Object value) {
    environment.put(name, value.toString());
    return this;
  }

  /// Runs a command that must end well, perhaps with losses; returns its standard output.
  String firn(String... arguments) {
    Outcome outcome = run(arguments);
    assertThat(outcome.exitCode())
        .as("firn %s: %s", String.join(" ", arguments), outcome.all())
        .isIn(0, 3);
    return outcome.out();
  }

  /// Stores random bytes as a disk that no point needs, by hand.
  void storeWithoutPoint(String vault, String domain, int bytes) {
    byte[] content = new byte[bytes];
    new Random(5).nextBytes(content);
    try {
      String disk = Files.write(folder.resolve("disk.img"), content).toString();
      String password = environment.getOrDefault("FIRN_PASSWORD_FILE", "");
      String[] place = {"--vault", vault, "--domain", domain, "--password-file", password};
      List<String> line = new ArrayList<>(List.of("mover", "backup", "--source", disk));
      line.addAll(List.of(place));
      firn(line.toArray(String[]::new));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Runs a command in this process.
  Outcome run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            0);
    Session real = Firn.session(terminal);
    Session session =
        new Session(
            "firn",
            terminal,
            environment,
            real.clusters(),
            new VaultStores(StoreAccess.STANDARD, _ -> ""),
            real.clock(),
            real.random());
    int exitCode = Firn.cli(session).run(arguments);
    return new Outcome(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /// Runs a command in a process of its own, whose environment is this one and nothing else.
  /// `before` is what runs it, such as `unshare -m`; empty for nothing.
  Outcome process(List<String> before, String... arguments) {
    List<String> line = new ArrayList<>(before);
    line.addAll(MoverImage.command());
    line.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
    String path = System.getenv().getOrDefault("PATH", "");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().putAll(environment);
    try {
      int exitCode = builder.start().waitFor();
      return new Outcome(exitCode, Files.readString(out), Files.readString(err));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("firn does not start", e);
    }
  }
}
