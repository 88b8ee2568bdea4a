package io.firn.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.backup.BackupReport;
import io.firn.backup.BackupReport.MachineReport;
import io.firn.backup.BackupReport.PointReport;
import io.firn.backup.BackupReport.VolumeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// What a backup came to, printed. Stateless.
public final class BackupReportText {
  private BackupReportText() {}

  public static Shown of(BackupReport report) {
    StringBuilder text = new StringBuilder();
    report.points().forEach(point -> point(point, text));
    report.losses().forEach(loss -> text.append("loss: ").append(loss).append('\n'));
    text.append("done in ").append(Human.duration(report.took()));
    text.append(report.losses().isEmpty() ? "\n" : ", with losses\n");
    return new Shown(
        text.toString(),
        document(report),
        report.points().stream().map(p -> p.point().value()).toList());
  }

  private static void point(PointReport point, StringBuilder text) {
    text.append("point ")
        .append(point.point())
        .append("  namespace ")
        .append(point.namespace())
        .append("  restic snapshot ")
        .append(point.snapshot().toString(), 0, 8)
        .append("\n\n");
    text.append(
        new Table(
                List.of("MACHINE", "LEVEL", "FROZEN", "SKEW", "WHY"),
                point.machines().stream().map(BackupReportText::machineRow).toList())
            .render());
    text.append('\n').append(volumes(point.volumes()).render());
    point
        .excluded()
        .forEach(e ->
            text.append("left out: ")
                .append(References.shortName(e.claim()))
                .append(": ")
                .append(e.reason())
                .append('\n'));
    text.append('\n');
  }

  private static List<String> machineRow(MachineReport machine) {
    return List.of(
        References.shortName(machine.machine()),
        machine.level().label(),
        machine.freezeMillis() == 0 ? "-" : machine.freezeMillis() + " ms",
        machine.skewMillis() + " ms",
        machine.reason());
  }

  private static Table volumes(List<VolumeReport> volumes) {
    List<List<String>> rows = new ArrayList<>();
    for (VolumeReport volume : volumes) {
      rows.add(
          List.of(
              References.shortName(volume.claim()),
              Human.bytes(volume.sizeBytes()),
              Human.bytes(volume.bytesRead()),
              Human.bytes(volume.bytesNew()),
              Human.bytes(volume.bytesStored()),
              Human.duration(volume.took())));
    }
    if (volumes.size() > 1) {
      rows.add(
          List.of(
              "total",
              Human.bytes(sum(volumes, VolumeReport::sizeBytes)),
              Human.bytes(sum(volumes, VolumeReport::bytesRead)),
              Human.bytes(sum(volumes, VolumeReport::bytesNew)),
              Human.bytes(sum(volumes, VolumeReport::bytesStored)),
              "-"));
    }
    return new Table(List.of("VOLUME", "SIZE", "READ", "NEW", "STORED", "TIME"), rows);
  }

  private static long sum(List<VolumeReport> volumes, ToLongFunction<VolumeReport> figure) {
    return volumes.stream().mapToLong(figure).sum();
  }

  private static ObjectNode document(BackupReport report) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("kind", "BackupReport");
    document.put("run", report.run());
    document.put("tookMillis", report.took().toMillis());
    ArrayNode points = document.putArray("points");
    report.points().forEach(point -> points.add(document(point)));
    report.losses().forEach(document.putArray("losses")::add);
    return document;
  }

  private static ObjectNode document(PointReport point) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("point", point.point().value());
    document.put("domain", point.domain().name());
    document.put("namespace", point.namespace());
    document.put("snapshot", point.snapshot().toString());
    ArrayNode machines = document.putArray("machines");
    for (MachineReport machine : point.machines()) {
      ObjectNode node = machines.addObject();
      node.set("machine", References.document(machine.machine()));
      node.put("level", machine.level().label());
      node.put("reason", machine.reason());
      node.put("freezeMillis", machine.freezeMillis());
      node.put("skewMillis", machine.skewMillis());
    }
    ArrayNode volumes = document.putArray("volumes");
    for (VolumeReport volume : point.volumes()) {
      ObjectNode node = volumes.addObject();
      node.set("claim", References.document(volume.claim()));
      node.put("sizeBytes", volume.sizeBytes());
      node.put("bytesRead", volume.bytesRead());
      node.put("bytesNew", volume.bytesNew());
      node.put("bytesStored", volume.bytesStored());
      node.put("digest", volume.digest());
      node.put("tookMillis", volume.took().toMillis());
    }
    document.set("excluded", Excluded.document(point.excluded()));
    return document;
  }
}
