package io.firn.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.point.PointSummary;
import io.firn.point.Protection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Points in lists. Stateless.
public final class PointText {
  private static final int MOST_NAMES = 3;
  private static final List<String> HEADER =
      List.of("POINT", "NAMESPACE", "MACHINES", "LEVEL", "SIZE", "STORED", "CLUSTER", "AGE");

  private PointText() {}

  public static Table table(List<PointSummary> points, Instant now) {
    boolean anyProtected = points.stream().anyMatch(point -> isProtected(point, now));
    List<String> header = new ArrayList<>(HEADER);
    boolean anyLabels = points.stream().anyMatch(point -> !point.labels().isEmpty());
    if (anyLabels) {
      header.add("LABELS");
    }
    if (anyProtected) {
      header.add("PROTECTED");
    }
    return new Table(
        header, points.stream().map(point -> row(point, now, anyLabels, anyProtected)).toList());
  }

  public static ObjectNode document(PointSummary point) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("point", point.name().value());
    document.put("domain", point.domain().name());
    document.put("namespace", point.namespace());
    document.put("snapshot", point.snapshot().toString());
    document.put("time", point.time().toString());
    document.put("cluster", point.cluster());
    document.put("level", point.level().label());
    document.put("run", point.run());
    document.put("sizeBytes", point.sizeBytes());
    document.put("storedBytes", point.storedBytes());
    ArrayNode machines = document.putArray("machines");
    point.machines().forEach(ref -> machines.add(References.document(ref)));
    ObjectNode labels = document.putObject("labels");
    new TreeMap<>(point.labels()).forEach(labels::put);
    point
        .protection()
        .ifPresent(protection -> {
          ObjectNode node = document.putObject("protection").put("reason", protection.reason());
          protection.until().ifPresent(time -> node.put("until", time.toString()));
        });
    return document;
  }

  private static boolean isProtected(PointSummary point, Instant now) {
    return point.protection().map(protection -> protection.active(now)).orElse(false);
  }

  private static List<String> row(
      PointSummary point, Instant now, boolean withLabels, boolean withProtection) {
    List<String> row = new ArrayList<>(row(point, now));
    if (withLabels) {
      row.add(
          point.labels().isEmpty()
              ? "-"
              : new TreeMap<>(point.labels())
                  .entrySet().stream()
                      .map(label -> label.getKey() + "=" + label.getValue())
                      .collect(Collectors.joining(",")));
    }
    if (withProtection) {
      boolean shown = isProtected(point, now);
      row.add(shown ? point.protection().map(Protection::text).orElse("-") : "-");
    }
    return row;
  }

  private static List<String> row(PointSummary point, Instant now) {
    return List.of(
        point.name().value(),
        point.namespace(),
        machines(point),
        point.level().label(),
        Human.bytes(point.sizeBytes()),
        Human.bytes(point.storedBytes()),
        point.cluster(),
        Human.age(Duration.between(point.time(), now)));
  }

  /// `vm/a,vm/b and 2 more`.
  static String machines(PointSummary point) {
    String names =
        point.machines().stream()
            .limit(MOST_NAMES)
            .map(References::shortName)
            .collect(Collectors.joining(","));
    int more = point.machines().size() - MOST_NAMES;
    return more > 0 ? names + " and " + more + " more" : names;
  }
}
