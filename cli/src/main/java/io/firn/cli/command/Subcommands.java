package io.firn.cli.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A command that only groups others: alone, it is a mistake.
public abstract class Subcommands implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public final void run() {
    throw new ParameterException(
        spec.commandLine(),
        "'" + spec.qualifiedName() + "' needs one of: " + String.join(", ", names()));
  }

  private Iterable<String> names() {
    return spec.subcommands().keySet();
  }
}
