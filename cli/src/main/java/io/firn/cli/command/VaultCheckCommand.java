package io.firn.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cli.Session;
import io.firn.cli.options.CheckFlags;
import io.firn.cli.options.DomainOptions;
import io.firn.cli.options.OutputOptions;
import io.firn.cli.options.ProgressOptions;
import io.firn.cli.options.VaultOptions;
import io.firn.cli.output.CheckText;
import io.firn.cli.output.Shown;
import io.firn.cli.progress.CheckProgress;
import io.firn.cli.progress.Progress;
import io.firn.failure.ExitCode;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.failure.RepositoryFailures;
import io.firn.point.KeyDifferences;
import io.firn.point.Vault;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.check.CheckOptions;
import io.firn.repository.check.CheckReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `firn vault check`.
@Command(
    name = "check",
    description = {
      "Check the repositories of a vault, at one of three depths.",
      "",
      "By default: indexes, snapshots and folders can be read and every pack is there. Names what"
          + " is damaged, which disks of which points it hurts and which points are whole. Takes no"
          + " lock and writes nothing; where a prune took packs away meanwhile, it looks again.",
      "",
      "A damage is told with the first five files that it hurts and their number; after the damages"
          + " each point is told with all its hurt disks. -o json has every damage, however many.",
      "",
      "Exit code 1: there is damage. Exit code 12: there is none in what was checked, but a domain"
          + " does not open with this password and was not checked."
    },
    footer = {
      "",
      "Examples:",
      "  firn vault check --headers",
      "  firn vault check --read-data-subset 1/7      a seventh of all packs: seven days, all",
      "  firn vault check --domain shop --read-data -o json"
    },
    sortOptions = false)
public final class VaultCheckCommand implements Callable<Integer> {
  private final Session session;
  @Mixin private CheckFlags flags = new CheckFlags();
  @Mixin private DomainOptions domains = new DomainOptions();
  @Mixin private VaultOptions vaults = new VaultOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private ProgressOptions progresses = new ProgressOptions();

  public VaultCheckCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    CheckOptions options = flags.options(session);
    StringBuilder text = new StringBuilder();
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ArrayNode reports = document.put("kind", "CheckReport").putArray("domains");
    List<String> unsound = new ArrayList<>();
    List<String> shut = new ArrayList<>();
    try (Vault vault = vaults.open(session)) {
      for (String name : domains.names(vault)) {
        try {
          CheckReport report = check(vault, name, options);
          text.append(CheckText.text(name, report));
          reports.add(CheckText.document(name, report));
          if (!report.sound()) {
            unsound.add(name);
          }
        } catch (FirnException e) {
          if (e.failure().code() != FailureCode.VAULT_WRONG_PASSWORD) {
            throw e;
          }
          // One domain that another password opens says nothing about the others.
          text.append(CheckText.notChecked(name, e.failure()));
          reports.add(CheckText.notCheckedDocument(name, e.failure()));
          shut.add(name);
        }
      }
      for (String difference : new KeyDifferences(vault).find()) {
        text.append("warning: ").append(difference).append('\n');
        document.withArray("keyDifferences").add(difference);
      }
    }
    return print(text, document, unsound, shut);
  }

  private int print(
      StringBuilder text, ObjectNode document, List<String> unsound, List<String> shut) {
    document.put("sound", unsound.isEmpty() && shut.isEmpty());
    List<String> names = new ArrayList<>(unsound);
    names.addAll(shut);
    output.print(session, new Shown(text.toString(), document, names));
    if (!unsound.isEmpty()) {
      return ExitCode.FAILED;
    }
    return shut.isEmpty() ? ExitCode.DONE : ExitCode.WRONG_PASSWORD;
  }

  private CheckReport check(Vault vault, String name, CheckOptions options) {
    try (Repository repository = DomainOptions.open(vault, name);
        Progress progress = progresses.open(session)) {
      progress.step("check", name);
      return repository.check(options, new CheckProgress(progress, name, options.depth()));
    } catch (RepositoryException e) {
      throw RepositoryFailures.of(e);
    }
  }
}
