package io.firn.cli.command;

import io.firn.cli.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `firn point show|volumes|export|protect|unprotect`.
@Command(
    name = "point",
    description = "Look into one recovery point, take things out of it, or protect it.")
public final class PointCommand extends Subcommands {

  /// With its subcommands, which need the session and so cannot be named in the annotation.
  public static CommandLine with(Session session) {
    return new CommandLine(new PointCommand())
        .addSubcommand(new PointShowCommand(session))
        .addSubcommand(new PointVolumesCommand(session))
        .addSubcommand(new PointExportCommand(session))
        .addSubcommand(new PointProtectCommand(session))
        .addSubcommand(new PointUnprotectCommand(session));
  }
}
