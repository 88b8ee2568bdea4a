package io.firn.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cli.Session;
import io.firn.cli.options.DomainOptions;
import io.firn.cli.options.OutputOptions;
import io.firn.cli.options.VaultOptions;
import io.firn.cli.output.Human;
import io.firn.cli.output.Shown;
import io.firn.cli.output.Table;
import io.firn.failure.ExitCode;
import io.firn.point.Vault;
import io.firn.repository.Repository;
import io.firn.repository.lock.LockEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `firn vault unlock`.
@Command(
    name = "unlock",
    description = "Remove locks whose owners are gone, and list those that stay.",
    sortOptions = false)
public final class VaultUnlockCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--remove-all",
      description = "Remove locks of living processes too. Only when you know that none lives.")
  private boolean all;

  @Mixin private DomainOptions domains = new DomainOptions();
  @Mixin private VaultOptions vaults = new VaultOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  public VaultUnlockCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    int removed = 0;
    List<List<String>> rows = new ArrayList<>();
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ArrayNode kept = document.put("kind", "UnlockReport").putArray("kept");
    try (Vault vault = vaults.open(session)) {
      for (String name : domains.names(vault)) {
        try (Repository repository = DomainOptions.open(vault, name)) {
          removed += all ? repository.locks().removeAll() : repository.locks().removeStale();
          for (LockEntry lock : repository.locks().list()) {
            rows.add(row(name, lock));
            kept.addObject()
                .put("domain", name)
                .put("lock", lock.id().toString())
                .put("exclusive", lock.exclusive())
                .put("owner", lock.username() + "@" + lock.hostname())
                .put("pid", lock.pid());
          }
        }
      }
    }
    document.put("removed", removed);
    String text =
        removed
            + " locks removed\n"
            + (rows.isEmpty()
                ? ""
                : "\n"
                    + new Table(List.of("DOMAIN", "LOCK", "EXCLUSIVE", "OWNER", "PID", "AGE"), rows)
                        .render());
    output.print(session, new Shown(text, document, List.of()));
    return ExitCode.DONE;
  }

  private static List<String> row(String domain, LockEntry lock) {
    return List.of(
        domain,
        lock.id().toString().substring(0, 8),
        lock.exclusive() ? "yes" : "no",
        lock.username() + "@" + lock.hostname(),
        Long.toString(lock.pid()),
        Human.age(lock.age()));
  }
}
