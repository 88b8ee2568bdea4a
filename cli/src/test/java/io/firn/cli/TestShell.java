package io.firn.cli;

import io.firn.cluster.ClusterException;
import io.firn.point.LocalBackends;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A shell for tests: runs command lines in this process and keeps what they print.
final class TestShell {
  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-24T20:20:40Z"));

  private final Map<String, String> environment = new HashMap<>();
  private final ClusterConnector clusters;

  private TestShell(ClusterConnector clusters) {
    this.clusters = clusters;
  }

  /// What a command left: its exit code and both streams.
  record Outcome(int exitCode, String out, String err) {}

  /// A shell from which every cluster answers with a failure.
  static TestShell failing(ClusterException.Code code, String message) {
    return new TestShell((_, _) -> {
      throw new ClusterException(code, message, Map.of());
    });
  }

  static TestShell withoutCluster() {
    return failing(ClusterException.Code.NO_CONTEXT, "There is no kubeconfig.");
  }

  TestShell set(String name, Object value) {
    environment.put(name, value.toString());
    return this;
  }

  Outcome run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            0);
    Session session =
        new Session(
            "firn",
            terminal,
            environment,
            clusters,
            LocalBackends.unmounted(),
            CLOCK,
            new Random(1));
    int exitCode = new FirnCli(session, List.of()).run(arguments);
    return new Outcome(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
