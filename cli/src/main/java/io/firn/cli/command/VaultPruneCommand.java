package io.firn.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cli.Session;
import io.firn.cli.options.DomainOptions;
import io.firn.cli.options.DurationConverter;
import io.firn.cli.options.LockOptions;
import io.firn.cli.options.OutputOptions;
import io.firn.cli.options.ProgressOptions;
import io.firn.cli.options.RepackOptions;
import io.firn.cli.options.UsageFailure;
import io.firn.cli.options.VaultOptions;
import io.firn.cli.output.PruneText;
import io.firn.cli.output.Shown;
import io.firn.cli.progress.Progress;
import io.firn.cli.progress.PruneProgress;
import io.firn.failure.ExitCode;
import io.firn.failure.RepositoryFailures;
import io.firn.point.Vault;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.prune.PruneOptions;
import io.firn.repository.prune.PruneOutcome;
import io.firn.repository.prune.PrunePlan;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `firn vault prune`.
@Command(
    name = "prune",
    description = {
      "Free the space of what no point needs any more.",
      "",
      "In two phases, so that backups need not stop: this run writes half-empty packs anew and"
          + " marks dead ones; a later run deletes those that are dead for longer than the grace"
          + " period. One call does both for whatever is due. May be stopped at any moment."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  firn vault prune --dry-run",
      "  firn vault prune --domain shop --max-repack 20G",
      "  firn vault prune --grace 0                all at once, while nobody else writes",
      "",
      "Exit code 11: what was due could not be deleted, because of a writer that is older than what"
          + " was due, or of another program's lock; the rest was done. Exit code 1: a damaged pack was left as it is."
    })
public final class VaultPruneCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--dry-run", description = "Print what would be done; do nothing.")
  private boolean dryRun;

  @Option(
      names = "--grace",
      paramLabel = "DURATION",
      defaultValue = "24h",
      converter = DurationConverter.class,
      description =
          "How long what is dead stays before it is deleted, for those who read it yet; 0: delete at"
              + " once, which keeps writers out meanwhile; default: ${DEFAULT-VALUE}.")
  private Duration grace = Duration.ofHours(24);

  @Mixin private RepackOptions repack = new RepackOptions();
  @Mixin private DomainOptions domains = new DomainOptions();
  @Mixin private VaultOptions vaults = new VaultOptions();
  @Mixin private LockOptions locks = new LockOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private ProgressOptions progresses = new ProgressOptions();

  public VaultPruneCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    PruneOptions options = options();
    StringBuilder text = new StringBuilder();
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ArrayNode reports =
        document.put("kind", dryRun ? "PrunePlan" : "PruneReport").putArray("domains");
    int exitCode = ExitCode.DONE;
    try (Vault vault = vaults.open(session, locks)) {
      for (String name : domains.names(vault)) {
        exitCode = Math.max(exitCode, prune(vault, name, options, text, reports));
      }
    } finally {
      // What was done for some domains is said, even where another one fails.
      if (!reports.isEmpty()) {
        output.print(session, new Shown(text.toString(), document, List.of()));
      }
    }
    return exitCode;
  }

  private int prune(
      Vault vault, String name, PruneOptions options, StringBuilder text, ArrayNode reports) {
    try (Repository repository = DomainOptions.open(vault, name);
        Progress progress = progresses.open(session)) {
      progress.step(dryRun ? "plan" : "prune", name);
      PruneProgress listener = new PruneProgress(progress, name);
      if (dryRun) {
        PrunePlan plan = repository.prunePlan(options, listener);
        text.append(PruneText.text(name, plan));
        reports.add(PruneText.document(name, plan));
        return ExitCode.DONE;
      }
      PruneOutcome outcome = repository.prune(options, listener);
      outcome.postponed().ifPresent(progress::warning);
      text.append(PruneText.text(name, outcome));
      reports.add(PruneText.document(name, outcome));
      return exitCode(outcome);
    } catch (RepositoryException e) {
      throw RepositoryFailures.of(e);
    }
  }

  private static int exitCode(PruneOutcome outcome) {
    if (outcome.postponed().isPresent()) {
      return ExitCode.VAULT_LOCKED;
    }
    return outcome.damaged().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private PruneOptions options() {
    try {
      return repack.options(grace);
    } catch (IllegalArgumentException e) {
      throw UsageFailure.of(String.valueOf(e.getMessage()), "See firn vault prune --help.");
    }
  }
}
