package io.firn.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cli.Session;
import io.firn.cli.options.DomainOptions;
import io.firn.cli.options.OutputOptions;
import io.firn.cli.options.ProgressOptions;
import io.firn.cli.options.VaultOptions;
import io.firn.cli.output.CheckText;
import io.firn.cli.output.ExitCode;
import io.firn.cli.output.Shown;
import io.firn.cli.progress.Progress;
import io.firn.point.Vault;
import io.firn.repository.Repository;
import io.firn.repository.check.CheckDepth;
import io.firn.repository.check.CheckReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `firn vault check`.
@Command(
    name = "check",
    description = {
      "Check the repositories of a vault, at one of three depths.",
      "",
      "By default: indexes, snapshots and folders can be read and every pack is there. Names what"
          + " is damaged and which files of which snapshots it hurts. Exit code 1 where there is"
          + " damage."
    },
    sortOptions = false)
public final class VaultCheckCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--headers", description = "Read the header of every pack as well.")
  private boolean headers;

  @Option(names = "--read-data", description = "Read every byte.")
  private boolean readData;

  @Mixin private DomainOptions domains = new DomainOptions();
  @Mixin private VaultOptions vaults = new VaultOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private ProgressOptions progresses = new ProgressOptions();

  public VaultCheckCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    StringBuilder text = new StringBuilder();
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ArrayNode reports = document.put("kind", "CheckReport").putArray("domains");
    List<String> unsound = new ArrayList<>();
    try (Vault vault = vaults.open(session)) {
      for (String name : domains.names(vault)) {
        CheckReport report = check(vault, name);
        text.append(CheckText.text(name, report));
        reports.add(CheckText.document(name, report));
        if (!report.sound()) {
          unsound.add(name);
        }
      }
    }
    document.put("sound", unsound.isEmpty());
    output.print(session, new Shown(text.toString(), document, unsound));
    return unsound.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private CheckReport check(Vault vault, String name) {
    try (Repository repository = DomainOptions.open(vault, name);
        Progress progress = progresses.open(session)) {
      progress.step("check", name);
      return repository.check(depth(), (_, _, _) -> {});
    }
  }

  private CheckDepth depth() {
    if (readData) {
      return CheckDepth.DATA;
    }
    return headers ? CheckDepth.HEADERS : CheckDepth.STRUCTURE;
  }
}
