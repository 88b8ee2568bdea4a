package io.firn.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cli.Session;
import io.firn.cli.options.DomainOptions;
import io.firn.cli.options.OutputOptions;
import io.firn.cli.options.VaultOptions;
import io.firn.cli.output.Shown;
import io.firn.cli.output.Table;
import io.firn.failure.ExitCode;
import io.firn.point.Vault;
import io.firn.repository.Repository;
import io.firn.repository.key.KeyEntry;
import io.firn.repository.key.KeyListing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `firn vault key list`.
@Command(
    name = "list",
    description = "List the keys of a vault; '*' marks those of the password in use.",
    sortOptions = false)
public final class VaultKeyListCommand implements Callable<Integer> {
  private final Session session;
  @Mixin private DomainOptions domains = new DomainOptions();
  @Mixin private VaultOptions vaults = new VaultOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  public VaultKeyListCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    List<List<String>> rows = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ArrayNode items = document.put("kind", "KeyList").putArray("items");
    try (Vault vault = vaults.open(session)) {
      for (String name : domains.names(vault)) {
        try (Repository repository = DomainOptions.open(vault, name)) {
          KeyListing keys = repository.keys().listing();
          for (KeyEntry key : keys.readable()) {
            rows.add(row(name, key));
            ids.add(key.id().toString());
            items
                .addObject()
                .put("domain", name)
                .put("id", key.id().toString())
                .put("username", key.username())
                .put("hostname", key.hostname())
                .put("created", key.created().toString())
                .put("current", key.current());
          }
          keys.damaged()
              .forEach((id, why) -> {
                rows.add(List.of(name, id.toString().substring(0, 8), "-", "DAMAGED: " + why, "-"));
                ids.add(id.toString());
                items.addObject().put("domain", name).put("id", id.toString()).put("damaged", why);
              });
        }
      }
    }
    Table table = new Table(List.of("DOMAIN", "KEY", "USED", "OWNER", "CREATED"), rows);
    output.print(session, new Shown(table.render(), document, ids));
    return ExitCode.DONE;
  }

  private static List<String> row(String domain, KeyEntry key) {
    return List.of(
        domain,
        key.id().toString().substring(0, 8),
        key.current() ? "*" : "-",
        key.username() + "@" + key.hostname(),
        key.created().toString());
  }
}
