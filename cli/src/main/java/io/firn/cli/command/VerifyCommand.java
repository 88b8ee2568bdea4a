package io.firn.cli.command;

import io.firn.cli.Session;
import io.firn.cli.options.OutputOptions;
import io.firn.cli.options.PointArgument;
import io.firn.cli.options.ProgressOptions;
import io.firn.cli.options.VaultOptions;
import io.firn.cli.output.VerifyText;
import io.firn.cli.progress.Amount;
import io.firn.cli.progress.Progress;
import io.firn.failure.ExitCode;
import io.firn.point.Vault;
import io.firn.verify.Verifier;
import io.firn.verify.VerifyDepth;
import io.firn.verify.VerifyReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `firn verify`.
@Command(
    name = "verify",
    description = {
      "Read a point back and compare it with what was captured. Needs no cluster.",
      "",
      "Names the damaged parts (the first of a large loss), every hurt disk of every point that"
          + " lies in the same repository, and the points there that are whole. Exit code 1 where"
          + " there is damage, 3 where the point is whole, but a part of it had to be read from a"
          + " second copy."
    },
    sortOptions = false)
public final class VerifyCommand implements Callable<Integer> {
  private final Session session;
  @Mixin private PointArgument point = new PointArgument();

  @Option(
      names = "--structure-only",
      description = "Do not read disk data: only that all of it is there.")
  private boolean structureOnly;

  @Mixin private VaultOptions vaults = new VaultOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private ProgressOptions progresses = new ProgressOptions();

  public VerifyCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    VerifyDepth depth = structureOnly ? VerifyDepth.STRUCTURE : VerifyDepth.DATA;
    VerifyReport report;
    try (Vault vault = vaults.open(session);
        Progress progress = progresses.open(session)) {
      report =
          new Verifier(session.clock())
              .verify(
                  vault,
                  point.find(vault),
                  depth,
                  (claim, done, total) -> progress.transfer(claim, new Amount.Read(done, total)));
    }
    output.print(session, VerifyText.of(report));
    if (!report.whole()) {
      return ExitCode.FAILED;
    }
    return report.warnings().isEmpty() ? ExitCode.DONE : ExitCode.LOSSES;
  }
}
