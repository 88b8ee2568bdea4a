package io.firn.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cli.Session;
import io.firn.cli.options.LockOptions;
import io.firn.cli.options.OutputOptions;
import io.firn.cli.options.PointArgument;
import io.firn.cli.options.VaultOptions;
import io.firn.cli.output.Shown;
import io.firn.failure.ExitCode;
import io.firn.point.PointSummary;
import io.firn.point.Vault;
import io.firn.retention.PointProtector;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `firn point unprotect`.
@Command(
    name = "unprotect",
    description = "Take a point's protection away: from now on it may be forgotten.",
    sortOptions = false)
public final class PointUnprotectCommand implements Callable<Integer> {
  private final Session session;
  @Mixin private PointArgument point = new PointArgument();
  @Mixin private LockOptions locks = new LockOptions();
  @Mixin private VaultOptions vaults = new VaultOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  public PointUnprotectCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Vault vault = vaults.open(session, locks)) {
      PointSummary found = point.find(vault);
      boolean was = found.protection().isPresent();
      String snapshot = new PointProtector(vault).unprotect(found).toString();
      String name = found.name().value();
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      document.put("kind", "Protection").put("point", name).put("snapshot", snapshot);
      document.put("wasProtected", was);
      String text = "point " + name + (was ? " is no longer protected\n" : " was not protected\n");
      output.print(session, new Shown(text, document, List.of(name)));
    }
    return ExitCode.DONE;
  }
}
