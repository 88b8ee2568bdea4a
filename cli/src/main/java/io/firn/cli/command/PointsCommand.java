package io.firn.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cli.Session;
import io.firn.cli.options.OutputOptions;
import io.firn.cli.options.PointOptions;
import io.firn.cli.options.VaultOptions;
import io.firn.cli.output.PointText;
import io.firn.cli.output.Shown;
import io.firn.failure.ExitCode;
import io.firn.point.PointCatalog;
import io.firn.point.PointSummary;
import io.firn.point.Vault;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `firn points`.
@Command(
    name = "points",
    description = "List the recovery points of a vault, oldest first. Needs no cluster.",
    sortOptions = false)
public final class PointsCommand implements Callable<Integer> {
  private final Session session;
  @Mixin private PointOptions points = new PointOptions();
  @Mixin private VaultOptions vaults = new VaultOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  public PointsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    List<PointSummary> found;
    try (Vault vault = vaults.open(session)) {
      found = new PointCatalog(vault).list(points.filter());
    }
    output.print(session, shown(found));
    return ExitCode.DONE;
  }

  private Shown shown(List<PointSummary> found) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("kind", "PointList");
    ArrayNode items = document.putArray("items");
    found.forEach(point -> items.add(PointText.document(point)));
    String text =
        found.isEmpty()
            ? "No points in this vault.\n"
            : PointText.table(found, session.clock().instant()).render();
    return new Shown(text, document, found.stream().map(p -> p.name().value()).toList());
  }
}
