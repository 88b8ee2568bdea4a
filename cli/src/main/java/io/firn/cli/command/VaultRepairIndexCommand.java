package io.firn.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cli.Session;
import io.firn.cli.options.DomainOptions;
import io.firn.cli.options.LockOptions;
import io.firn.cli.options.OutputOptions;
import io.firn.cli.options.ProgressOptions;
import io.firn.cli.options.UsageFailure;
import io.firn.cli.options.VaultOptions;
import io.firn.cli.output.RepairText;
import io.firn.cli.output.Shown;
import io.firn.cli.progress.CheckProgress;
import io.firn.cli.progress.Progress;
import io.firn.failure.ExitCode;
import io.firn.failure.RepositoryFailures;
import io.firn.point.Vault;
import io.firn.repository.PackId;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.check.CheckDepth;
import io.firn.repository.check.CheckListener;
import io.firn.repository.repair.IndexRepairOptions;
import io.firn.repository.repair.IndexRepairPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `firn vault repair index`.
@Command(
    name = "index",
    description = {
      "Make the indexes say again what the packs hold.",
      "",
      "Reads the headers of packs that no index lists rightly, and drops packs that are gone. Of"
          + " damaged packs that a check has named (--pack) it saves what can be read and drops the"
          + " rest, so that the next backup of a machine that still has these blocks stores them"
          + " again: then all points that use them are whole. May be interrupted and run again."
    },
    footer = {
      "",
      "Examples:",
      "  firn vault repair index --dry-run",
      "  firn vault repair index --domain shop --pack 3a7f…     as 'firn vault check' prints it",
    },
    sortOptions = false)
public final class VaultRepairIndexCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--dry-run", description = "Only say what would be done; takes no lock.")
  private boolean dryRun;

  @Option(
      names = "--pack",
      paramLabel = "ID",
      description = "Read every blob of this pack; may be given several times.")
  private List<String> packs = new ArrayList<>();

  @Option(
      names = "--read-all-packs",
      description = "Read the header of every pack, not only of those that seem wrong.")
  private boolean readAllPacks;

  @Option(names = "--read-data", description = "Read every blob of every pack.")
  private boolean readData;

  @Mixin private DomainOptions domains = new DomainOptions();
  @Mixin private VaultOptions vaults = new VaultOptions();
  @Mixin private LockOptions locks = new LockOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private ProgressOptions progresses = new ProgressOptions();

  public VaultRepairIndexCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    IndexRepairOptions options =
        IndexRepairOptions.DEFAULT
            .withReadAllPacks(readAllPacks)
            .withReadAllData(readData)
            .withSuspects(suspects());
    StringBuilder text = new StringBuilder();
    List<String> touched = new ArrayList<>();
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ArrayNode plans = document.put("kind", "IndexRepair").put("dryRun", dryRun).putArray("domains");
    try (Vault vault = vaults.open(session, locks)) {
      for (String name : domains.names(vault)) {
        IndexRepairPlan plan = repair(vault, name, options);
        text.append(RepairText.text(name, plan, dryRun));
        plans.add(RepairText.document(name, plan));
        if (!plan.nothingToDo()) {
          touched.add(name);
        }
      }
    }
    output.print(session, new Shown(text.toString(), document, touched));
    return ExitCode.DONE;
  }

  private IndexRepairPlan repair(Vault vault, String name, IndexRepairOptions options) {
    try (Repository repository = DomainOptions.open(vault, name);
        Progress progress = progresses.open(session)) {
      progress.step("repair", name);
      // A repair counts what it reads, of headers too, so its bytes say something.
      CheckListener listener = new CheckProgress(progress, name, CheckDepth.DATA);
      return dryRun
          ? repository.planIndexRepair(options, listener)
          : repository.repairIndex(options, listener).plan();
    } catch (RepositoryException e) {
      throw RepositoryFailures.of(e);
    }
  }

  private Set<PackId> suspects() {
    Set<PackId> suspects = new HashSet<>();
    for (String pack : packs) {
      try {
        suspects.add(PackId.of(pack));
      } catch (IllegalArgumentException e) {
        throw UsageFailure.of(
            "'" + pack + "' is no pack: " + e.getMessage(),
            "Give the 64 digits that 'firn vault check' prints.");
      }
    }
    return suspects;
  }
}
