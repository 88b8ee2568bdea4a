package io.firn.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.failure.ExitCode;
import io.firn.failure.FailureCode;
import io.firn.graph.ObjectRef;
import io.firn.restore.RestoreFinding;
import io.firn.restore.RestorePlan;
import io.firn.restore.RestorePlanText;
import io.firn.restore.RestoreReport;
import io.firn.restore.RestoreReport.MachineReport;
import io.firn.restore.RestoreReport.VolumeReport;
import java.util.List;

/// What a restore would do and what it came to, printed. Stateless.
public final class RestoreText {
  private RestoreText() {}

  public static Shown of(RestorePlan plan) {
    return new Shown(
        String.join("\n", RestorePlanText.lines(plan)) + "\n",
        RestorePlanText.json(plan),
        plan.machines().stream().map(m -> References.shortName(m.target())).toList());
  }

  /// What a plan that cannot be run gives.
  public static int exitCode(RestorePlan plan) {
    return ExitCode.of(
        plan.conflicts().isEmpty()
            ? plan.stops().stream()
                .findFirst()
                .map(RestoreFinding::code)
                .orElse(FailureCode.RESTORE_FAILED)
            : FailureCode.RESTORE_CONFLICT);
  }

  /// What a user should know before the plan is run, one line each; stops are left to the failure.
  public static List<String> remarks(RestorePlan plan) {
    return plan.findings().stream()
        .filter(f -> f.weight() == RestoreFinding.Weight.WARNING)
        .map(f -> f.about() + ": " + f.message())
        .toList();
  }

  public static Shown of(RestoreReport report) {
    StringBuilder text = new StringBuilder();
    text.append("point ").append(report.point());
    text.append("  into namespace ").append(report.targetNamespace()).append("\n\n");
    text.append(
        new Table(
                List.of("MACHINE", "STATUS"),
                report.machines().stream().map(RestoreText::machineRow).toList())
            .render());
    text.append('\n');
    text.append(
        new Table(
                List.of("VOLUME", "SIZE", "WRITTEN", "TIME", "RATE"),
                report.volumes().stream().map(RestoreText::volumeRow).toList())
            .render());
    text.append('\n').append(report.created().size()).append(" objects created, ");
    text.append(report.adopted().size()).append(" found from an earlier run, ");
    text.append(report.removed().size()).append(" removed\n");
    report.warnings().forEach(w -> text.append("warning: ").append(w).append('\n'));
    text.append("done in ").append(Human.duration(report.took()));
    text.append(report.warnings().isEmpty() ? "\n" : ", with warnings\n");
    return new Shown(
        text.toString(),
        document(report),
        report.machines().stream().map(m -> References.shortName(m.machine())).toList());
  }

  private static List<String> machineRow(MachineReport machine) {
    return List.of(References.shortName(machine.machine()), machine.status());
  }

  private static List<String> volumeRow(VolumeReport volume) {
    return List.of(
        References.shortName(volume.claim()),
        Human.bytes(volume.sizeBytes()),
        Human.bytes(volume.bytesWritten()),
        Human.duration(volume.took()),
        Human.rate(volume.sizeBytes(), volume.took()));
  }

  private static ObjectNode document(RestoreReport report) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("kind", "RestoreReport");
    document.put("point", report.point().value());
    document.put("targetNamespace", report.targetNamespace());
    document.put("tookMillis", report.took().toMillis());
    ArrayNode machines = document.putArray("machines");
    for (MachineReport machine : report.machines()) {
      machines
          .addObject()
          .put("status", machine.status())
          .set("machine", References.document(machine.machine()));
    }
    ArrayNode volumes = document.putArray("volumes");
    for (VolumeReport volume : report.volumes()) {
      volumes
          .addObject()
          .put("sizeBytes", volume.sizeBytes())
          .put("bytesWritten", volume.bytesWritten())
          .put("digest", volume.digest())
          .put("tookMillis", volume.took().toMillis())
          .set("claim", References.document(volume.claim()));
    }
    document.set("created", references(report.created()));
    document.set("adopted", references(report.adopted()));
    document.set("removed", references(report.removed()));
    report.warnings().forEach(document.putArray("warnings")::add);
    return document;
  }

  private static ArrayNode references(List<ObjectRef> refs) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    refs.forEach(ref -> array.add(References.document(ref)));
    return array;
  }
}
