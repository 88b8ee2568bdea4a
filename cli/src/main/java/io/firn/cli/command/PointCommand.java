package io.firn.cli.command;

import io.firn.cli.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// `firn point show|volumes|export`.
@Command(name = "point", description = "Look into one recovery point, or take things out of it.")
public final class PointCommand extends Subcommands {

  /// As a spec: subcommands that need the session cannot be named in the annotation.
  public static CommandLine with(Session session) {
    return new CommandLine(CommandSpec.forAnnotatedObject(new PointCommand()))
        .addSubcommand(new PointShowCommand(session))
        .addSubcommand(new PointVolumesCommand(session))
        .addSubcommand(new PointExportCommand(session));
  }
}
