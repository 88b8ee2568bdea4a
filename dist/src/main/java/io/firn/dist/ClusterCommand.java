package io.firn.dist;

import io.firn.cli.Session;
import io.firn.cli.command.Subcommands;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `firn cluster start|stop|status`.
@Command(
    name = "cluster",
    description = {
      "Run a KubeVirt cluster on this machine, for trying things out.",
      "",
      "Not a mock: a Kubernetes API server that kubectl talks to, KubeVirt's and CDI's behaviour,"
          + " volumes that are files, guests that write to them."
    })
final class ClusterCommand extends Subcommands {

  static CommandLine with(Session session) {
    return new CommandLine(new ClusterCommand())
        .addSubcommand(new ClusterStartCommand(session))
        .addSubcommand(new ClusterStopCommand(session))
        .addSubcommand(new ClusterStatusCommand(session));
  }
}
