package io.firn.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.rights.MissingRights;
import io.firn.cluster.rights.Right;
import io.firn.doctor.RightsReport;
import io.firn.doctor.RightsReport.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a user may do, printed. Stateless.
public final class RightsText {
  private RightsText() {}

  public static Shown of(RightsReport report) {
    List<List<String>> rows = new ArrayList<>();
    report.rows().forEach(row -> rows.add(line(row)));
    rows.add(List.of("verify, points, vault", "may", "needs no right in a cluster"));
    String where =
        report.namespace().isEmpty() ? "all namespaces" : "namespace " + report.namespace();
    return new Shown(
        "Rights in "
            + where
            + "\n\n"
            + new Table(List.of("FEATURE", "THIS USER", "MISSING"), rows).render()
            + MissingText.of(report.missing()),
        document(report),
        report.rows().stream()
            .filter(row -> row.verdict() == RightsReport.Verdict.MAY)
            .map(row -> row.feature().title())
            .toList());
  }

  private static List<String> line(Row row) {
    return List.of(row.feature().title(), word(row), lacked(row));
  }

  private static String lacked(Row row) {
    Set<Right> all = new LinkedHashSet<>(row.needed());
    all.addAll(row.useful());
    return all.isEmpty() ? "-" : MissingRights.text(all);
  }

  private static String word(Row row) {
    return switch (row.verdict()) {
      case MAY -> "may";
      case PARTLY -> "may in part";
      case MAY_NOT -> "may not";
    };
  }

  private static ObjectNode document(RightsReport report) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("kind", "RightsReport").put("namespace", report.namespace());
    ArrayNode features = document.putArray("features");
    for (Row row : report.rows()) {
      ObjectNode node = features.addObject();
      node.put("feature", row.feature().title()).put("meaning", row.feature().meaning());
      node.put("verdict", row.verdict().name().toLowerCase(Locale.ROOT));
      row.needed().stream().map(Right::text).forEach(node.putArray("needed")::add);
      row.useful().stream().map(Right::text).forEach(node.putArray("useful")::add);
    }
    MissingText.put(report.missing(), document);
    return document;
  }
}
