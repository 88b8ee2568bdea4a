package io.firn.cli.command;

import io.firn.cli.Session;
import io.firn.cli.options.OutputOptions;
import io.firn.cli.options.PointArgument;
import io.firn.cli.options.VaultOptions;
import io.firn.cli.output.ManifestText;
import io.firn.failure.ExitCode;
import io.firn.point.PointReader;
import io.firn.point.Vault;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `firn point show`.
@Command(
    name = "show",
    description = "Print what a point holds: machines, levels, volumes, definitions.",
    sortOptions = false)
public final class PointShowCommand implements Callable<Integer> {
  private final Session session;
  @Mixin private PointArgument point = new PointArgument();
  @Mixin private VaultOptions vaults = new VaultOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  public PointShowCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Vault vault = vaults.open(session);
        PointReader reader = PointReader.open(vault, point.find(vault))) {
      output.print(session, ManifestText.of(reader.manifest(), reader.summary().protection()));
    }
    return ExitCode.DONE;
  }
}
