package io.firn.restore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.failure.Failure;
import io.firn.restore.RestoreAction.Conflict;
import io.firn.restore.RestoreAction.Populate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A plan for people and for programs.
///
/// Stateless.
public final class RestorePlanText {
  private RestorePlanText() {}

  /// Lines without ANSI codes: one a planned action, its rewrites indented below, then findings and
  /// totals.
  public static List<String> lines(RestorePlan plan) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Restore of point %s from namespace %s to %s%s"
            .formatted(
                plan.point(),
                plan.sourceNamespace(),
                plan.targetNamespace(),
                plan.createNamespace() ? " (made first)" : ""));
    int width =
        plan.actions().stream().mapToInt(a -> a.target().toString().length()).max().orElse(0);
    for (RestoreAction action : plan.actions()) {
      lines.add(
          "  %-9s %-"
              .concat(Math.max(1, Math.min(width, 60)) + "s  %s")
              .formatted(word(action), action.target(), detail(action)));
      action.changes().stream()
          .filter(r -> r.scope() == Rewrite.Scope.CHANGE)
          .forEach(r -> lines.add("              " + r + "  (" + r.reason() + ")"));
    }
    plan.machines()
        .forEach(m -> lines.add("  in the end %s: %s".formatted(m.target(), m.runState())));
    plan.findings().forEach(f -> lines.add("  " + finding(f)));
    lines.add(
        "%d volumes, %s to write; %s"
            .formatted(
                plan.populates().size(),
                bytes(plan.totalBytes()),
                plan.runnable() ? "nothing stands against it" : "it cannot be done as it is"));
    if (!plan.missing().isEmpty()) {
      lines.add("");
      lines.add("# Rights that this user lacks, as roles for kubectl apply -f:");
      lines.addAll(plan.missing().yaml().lines().toList());
    }
    return lines;
  }

  /// `{"point","sourceNamespace","targetNamespace","runnable","totalBytes","actions":[…],
  /// "machines":[…],"findings":[…]}`.
  public static ObjectNode json(RestorePlan plan) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("point", plan.point().value());
    json.put("sourceNamespace", plan.sourceNamespace());
    json.put("targetNamespace", plan.targetNamespace());
    json.put("createNamespace", plan.createNamespace());
    json.put("runnable", plan.runnable());
    json.put("totalBytes", plan.totalBytes());
    ArrayNode actions = json.putArray("actions");
    plan.actions().forEach(action -> action(actions.addObject(), action));
    ArrayNode machines = json.putArray("machines");
    plan.machines()
        .forEach(m ->
            machines
                .addObject()
                .put("machine", m.target().toString())
                .put("runState", m.runState()));
    ArrayNode findings = json.putArray("findings");
    plan.findings()
        .forEach(f ->
            findings
                .addObject()
                .put("weight", f.weight().name().toLowerCase(Locale.ROOT))
                .put("code", f.code().name())
                .put("about", f.about().toString())
                .put("message", f.message())
                .put("nextStep", f.nextStep()));
    plan.missing().lines().forEach(json.putArray("missingRights")::add);
    json.put(Failure.ROLES, plan.missing().yaml());
    return json;
  }

  private static void action(ObjectNode json, RestoreAction action) {
    json.put("action", word(action));
    json.put("kind", action.target().kind());
    json.put("namespace", action.target().namespace());
    json.put("name", action.target().name());
    json.put("capturedName", action.source().name());
    json.put("reason", action.reason());
    if (action instanceof Populate populate) {
      json.put("sizeBytes", populate.content().sizeBytes());
      json.put("digest", populate.content().digest());
    }
    ArrayNode rewrites = json.putArray("rewrites");
    for (Rewrite rewrite : action.changes()) {
      ObjectNode entry = rewrites.addObject();
      entry.put("path", rewrite.path());
      entry.put("before", rewrite.before().orElse(null));
      entry.put("after", rewrite.after().orElse(null));
      entry.put("reason", rewrite.reason());
      entry.put("scope", rewrite.scope().name().toLowerCase(Locale.ROOT));
    }
  }

  private static String word(RestoreAction action) {
    return switch (action) {
      case RestoreAction.Create _ -> "create";
      case RestoreAction.Adopt _ -> "adopt";
      case Populate _ -> "populate";
      case RestoreAction.Skip _ -> "skip";
      case Conflict _ -> "conflict";
      case RestoreAction.Remove _ -> "remove";
    };
  }

  private static String detail(RestoreAction action) {
    return switch (action) {
      case Populate p -> bytes(p.content().sizeBytes()) + (p.existing() ? "; " + p.reason() : "");
      case Conflict c -> c.reason() + ". " + c.nextStep();
      case RestoreAction.Create _ -> "";
      case RestoreAction.Adopt _, RestoreAction.Skip _, RestoreAction.Remove _ -> action.reason();
    };
  }

  private static String finding(RestoreFinding finding) {
    String word = finding.weight().name().toLowerCase(Locale.ROOT);
    String step = finding.nextStep().isEmpty() ? "" : " " + finding.nextStep();
    return word + ": " + finding.message() + "." + step;
  }

  private static String bytes(long size) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    double value = size;
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0 ? size + " B" : String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }
}
