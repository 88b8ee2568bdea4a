package io.firn.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.backup.BackupPlan;
import io.firn.backup.ExcludedClaim;
import io.firn.backup.NamespacePlan;
import io.firn.backup.PlanFinding;
import io.firn.backup.PlannedMachine;
import io.firn.backup.PlannedVolume;
import io.firn.backup.QuiescePlan;
import java.util.List;
import java.util.Locale;

/// What a backup would do, printed. Stateless.
public final class BackupPlanText {
  private BackupPlanText() {}

  public static Shown of(BackupPlan plan) {
    StringBuilder text = new StringBuilder();
    plan.namespaces().forEach(namespace -> namespace(namespace, text));
    plan.findings().forEach(finding -> text.append(line(finding)).append('\n'));
    text.append(
        plan.runnable()
            ? "Nothing was done: this is the plan.\n"
            : "This backup cannot be taken as it stands.\n");
    text.append(MissingText.of(plan.missing()));
    return new Shown(
        text.toString(),
        document(plan),
        plan.machines().stream().map(m -> References.shortName(m.machine())).toList());
  }

  /// What a user should know before the plan is run, one line each; stops are left to the failure.
  public static List<String> remarks(BackupPlan plan) {
    return plan.findings().stream()
        .filter(f -> f.weight() == PlanFinding.Weight.WARNING)
        .map(f -> f.about() + ": " + f.message())
        .toList();
  }

  private static void namespace(NamespacePlan plan, StringBuilder text) {
    text.append("namespace ").append(plan.namespace());
    if (!plan.domain().name().equals(plan.namespace())) {
      text.append(", domain ").append(plan.domain());
    }
    text.append("\n\n");
    text.append(
        new Table(
                List.of("MACHINE", "QUIESCE", "LEVEL", "WHY"),
                plan.machines().stream().map(BackupPlanText::machineRow).toList())
            .render());
    text.append('\n');
    text.append(
        new Table(
                List.of("VOLUME", "ROLE", "MODE", "CAPACITY", "STORAGE CLASS", "SNAPSHOT CLASS"),
                plan.volumes().stream().map(BackupPlanText::volumeRow).toList())
            .render());
    for (ExcludedClaim claim : plan.excluded()) {
      text.append("left out: ")
          .append(References.shortName(claim.claim()))
          .append(" of ")
          .append(References.shortName(claim.machine()))
          .append(": ")
          .append(claim.reason())
          .append('\n');
    }
    text.append('\n');
  }

  private static List<String> machineRow(PlannedMachine machine) {
    return List.of(
        References.shortName(machine.machine()),
        word(machine.quiesce()),
        machine.expected().label(),
        machine.reason());
  }

  private static List<String> volumeRow(PlannedVolume volume) {
    return List.of(
        References.shortName(volume.claim()),
        volume.role().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        volume.block() ? "Block" : "Filesystem",
        Human.bytes(volume.capacityBytes()),
        volume.storageClass(),
        volume.snapshotClass().isEmpty() ? "(the default)" : volume.snapshotClass());
  }

  private static String word(QuiescePlan quiesce) {
    return switch (quiesce) {
      case QuiescePlan.Freeze _ -> "freeze";
      case QuiescePlan.Stopped _ -> "stopped";
      case QuiescePlan.Unfrozen _ -> "none";
    };
  }

  private static String line(PlanFinding finding) {
    String word =
        switch (finding.weight()) {
          case NOTE -> "note: ";
          case WARNING -> "warning: ";
          case STOP -> "stop: ";
        };
    String next = finding.nextStep().isBlank() ? "" : "\n  next: " + finding.nextStep();
    return word + finding.about() + ": " + finding.message() + next;
  }

  private static ObjectNode document(BackupPlan plan) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("kind", "BackupPlan");
    document.put("runnable", plan.runnable());
    plan.expected().ifPresent(level -> document.put("expectedLevel", level.label()));
    ArrayNode points = document.putArray("points");
    for (NamespacePlan namespace : plan.namespaces()) {
      ObjectNode node = points.addObject();
      node.put("namespace", namespace.namespace()).put("domain", namespace.domain().name());
      namespace
          .machines()
          .forEach(m -> node.withArray("machines").add(References.shortName(m.machine())));
    }
    MissingText.put(plan.missing(), document);
    ArrayNode machines = document.putArray("machines");
    for (PlannedMachine machine : plan.machines()) {
      ObjectNode node = machines.addObject();
      node.set("machine", References.document(machine.machine()));
      node.put("quiesce", word(machine.quiesce()));
      node.put("expectedLevel", machine.expected().label());
      node.put("reason", machine.reason());
      machine.claims().forEach(c -> node.withArray("claims").add(c.name()));
    }
    ArrayNode volumes = document.putArray("volumes");
    for (PlannedVolume volume : plan.volumes()) {
      ObjectNode node = volumes.addObject();
      node.set("claim", References.document(volume.claim()));
      node.put("role", volume.role().name());
      node.put("volumeMode", volume.block() ? "Block" : "Filesystem");
      node.put("capacityBytes", volume.capacityBytes());
      node.put("storageClass", volume.storageClass());
      node.put("snapshotClass", volume.snapshotClass());
    }
    document.set("excluded", Excluded.document(plan.excluded()));
    ArrayNode findings = document.putArray("findings");
    for (PlanFinding finding : plan.findings()) {
      ObjectNode node = findings.addObject();
      node.put("weight", finding.weight().name());
      node.put("code", finding.code().name());
      node.set("about", References.document(finding.about()));
      node.put("message", finding.message());
      node.put("nextStep", finding.nextStep());
    }
    return document;
  }
}
