package io.firn.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.point.PointName;
import io.firn.verify.VerifyReport;
import io.firn.verify.VerifyReport.Damage;
import io.firn.verify.VerifyReport.Extent;
import io.firn.verify.VerifyReport.HurtDisk;
import io.firn.verify.VerifyReport.VolumeVerdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What a verification found, printed. Stateless.
public final class VerifyText {
  private VerifyText() {}

  public static Shown of(VerifyReport report) {
    StringBuilder text = new StringBuilder();
    text.append("point ").append(report.point()).append("  ");
    text.append(report.definitions()).append(" definitions\n\n");
    text.append(
        new Table(
                List.of("CLAIM", "SIZE", "VERDICT", "WHY"),
                report.volumes().stream().map(VerifyText::row).toList())
            .render());
    text.append('\n');
    report.damages().forEach(damage -> damage(damage, text));
    extent(report.extent(), text);
    report.warnings().forEach(w -> text.append("warning: ").append(w).append('\n'));
    text.append(report.whole() ? "whole" : "DAMAGED");
    text.append(": ").append(Human.bytes(report.bytesRead())).append(" read in ");
    text.append(Human.duration(report.took())).append('\n');
    return new Shown(
        text.toString(),
        document(report),
        report.volumes().stream().map(VolumeVerdict::claim).toList());
  }

  private static List<String> row(VolumeVerdict volume) {
    return List.of(
        volume.claim(),
        Human.bytes(volume.sizeBytes()),
        volume.whole() ? "whole" : "DAMAGED",
        volume.reason().isEmpty() ? "-" : volume.reason());
  }

  private static void damage(Damage damage, StringBuilder text) {
    text.append("damage: blob ").append(damage.blob());
    damage.pack().ifPresent(pack -> text.append(" in pack ").append(pack));
    text.append(": ").append(damage.cause()).append('\n');
    damage
        .hurt()
        .forEach(disk ->
            text.append("  hurts ")
                .append(disk.path())
                .append(" of point ")
                .append(disk.point())
                .append('\n'));
    if (damage.hurtDisks() > damage.hurt().size()) {
      text.append("  and ").append(damage.hurtDisks() - damage.hurt().size());
      text.append(" disks and files more, all of them named below\n");
    }
  }

  /// Each hurt point with all that is hurt in it, then those that can be restored instead.
  private static void extent(Extent extent, StringBuilder text) {
    if (extent.damagedObjects() > 0) {
      text.append(Human.count(extent.damagedObjects(), "damaged object"));
      text.append(" in all; firn vault check -o json names every one\n");
    }
    Map<PointName, List<String>> hurt =
        extent.hurt().stream()
            .collect(
                Collectors.groupingBy(
                    HurtDisk::point,
                    LinkedHashMap::new,
                    Collectors.mapping(HurtDisk::path, Collectors.toList())));
    hurt.forEach((point, paths) ->
        text.append("hurt:  point ")
            .append(point)
            .append("  ")
            .append(HurtPaths.text(paths))
            .append('\n'));
    extent.whole().forEach(point -> text.append("whole: point ").append(point).append('\n'));
  }

  private static ObjectNode document(VerifyReport report) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("kind", "VerifyReport");
    document.put("point", report.point().value());
    document.put("depth", report.depth().name().toLowerCase(Locale.ROOT));
    document.put("whole", report.whole());
    document.put("definitions", report.definitions());
    document.put("bytesRead", report.bytesRead());
    document.put("tookMillis", report.took().toMillis());
    ArrayNode volumes = document.putArray("volumes");
    for (VolumeVerdict volume : report.volumes()) {
      volumes
          .addObject()
          .put("claim", volume.claim())
          .put("sizeBytes", volume.sizeBytes())
          .put("digest", volume.digest())
          .put("captured", volume.captured())
          .put("whole", volume.whole())
          .put("reason", volume.reason());
    }
    ArrayNode damages = document.putArray("damages");
    for (Damage damage : report.damages()) {
      ObjectNode node = damages.addObject();
      node.put("blob", damage.blob());
      damage.pack().ifPresent(pack -> node.put("pack", pack));
      node.put("cause", damage.cause());
      node.put("hurtFiles", damage.hurtDisks());
      ArrayNode hurt = node.putArray("hurt");
      damage
          .hurt()
          .forEach(d -> hurt.addObject().put("point", d.point().value()).put("path", d.path()));
    }
    document.put("damagedObjects", report.extent().damagedObjects());
    ArrayNode hurt = document.putArray("hurt");
    report
        .extent()
        .hurt()
        .forEach(d -> hurt.addObject().put("point", d.point().value()).put("path", d.path()));
    ArrayNode whole = document.putArray("wholePoints");
    report.extent().whole().forEach(point -> whole.add(point.value()));
    report.warnings().forEach(document.withArray("warnings")::add);
    return document;
  }
}
