package io.firn.dist;

import io.firn.cli.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Loads the classes that commands load, so that the launcher can keep them in a class archive.
/// Prints nothing, changes nothing.
final class ClassTraining {
  private ClassTraining() {}

  public static void main(String[] arguments) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(nowhere, nowhere, 0);
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
      Firn.cli(Firn.session(terminal)).run(line);
    }
  }
}
