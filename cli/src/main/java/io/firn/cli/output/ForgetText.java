package io.firn.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.point.PointSummary;
import io.firn.retention.ForgetPlan;
import io.firn.retention.ForgetReport;
import io.firn.retention.KeepReason;
import io.firn.retention.PointVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// What a forget would do or has done, printed. Stateless.
public final class ForgetText {
  private ForgetText() {}

  /// The plan alone.
  public static Shown planned(ForgetPlan plan, Instant now) {
    String end =
        "%d of %d points would be forgotten. Nothing was done: this is the plan.%n"
            .formatted(plan.forgotten().size(), plan.verdicts().size());
    return new Shown(table(plan, now) + end, document("ForgetPlan", plan), names(plan.forgotten()));
  }

  /// What became of the plan.
  public static Shown done(ForgetPlan plan, ForgetReport report, Instant now) {
    StringBuilder text = new StringBuilder(table(plan, now));
    report
        .left()
        .forEach(left ->
            text.append("left: ")
                .append(left.point().name())
                .append(": ")
                .append(left.why().summary())
                .append("\n  next: ")
                .append(left.why().guidance())
                .append('\n'));
    text.append(
        "%d of %d points forgotten.%n"
            .formatted(report.forgotten().size(), plan.verdicts().size()));
    if (!report.forgotten().isEmpty()) {
      text.append("The space comes back with: firn vault prune\n");
    }
    ObjectNode document = document("ForgetReport", plan);
    ArrayNode left = document.putArray("left");
    report
        .left()
        .forEach(l ->
            left.addObject()
                .put("point", l.point().name().value())
                .put("code", l.why().code().name())
                .put("summary", l.why().summary()));
    return new Shown(text.toString(), document, names(report.forgotten()));
  }

  /// Why a point stays, in one line.
  public static String reasons(PointVerdict verdict) {
    return verdict.reasons().stream().map(KeepReason::text).collect(Collectors.joining("; "));
  }

  private static String table(ForgetPlan plan, Instant now) {
    if (plan.verdicts().isEmpty()) {
      return "";
    }
    return new Table(
                List.of("POINT", "NAMESPACE", "MACHINES", "LEVEL", "AGE", "VERDICT", "WHY"),
                plan.verdicts().stream().map(verdict -> row(verdict, now)).toList())
            .render()
        + "\n";
  }

  private static List<String> row(PointVerdict verdict, Instant now) {
    PointSummary point = verdict.point();
    return List.of(
        point.name().value(),
        point.namespace(),
        PointText.machines(point),
        point.level().label(),
        Human.age(Duration.between(point.time(), now)),
        verdict.kept() ? "keep" : "forget",
        verdict.kept() ? reasons(verdict) : "-");
  }

  private static ObjectNode document(String kind, ForgetPlan plan) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("kind", kind);
    ArrayNode items = document.putArray("items");
    for (PointVerdict verdict : plan.verdicts()) {
      ObjectNode item = PointText.document(verdict.point());
      item.put("verdict", verdict.kept() ? "keep" : "forget");
      verdict.reasons().forEach(reason -> item.withArray("reasons").add(reason.text()));
      items.add(item);
    }
    return document;
  }

  private static List<String> names(List<PointSummary> points) {
    return points.stream().map(point -> point.name().value()).toList();
  }
}
