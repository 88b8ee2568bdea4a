package io.firn.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.failure.Failure;
import io.firn.repository.SnapshotId;
import io.firn.repository.check.CheckDepth;
import io.firn.repository.check.CheckReport;
import io.firn.repository.check.CheckedSnapshot;
import io.firn.repository.check.Damage;
import io.firn.repository.check.DamagedObject;
import io.firn.repository.check.DataSubset;
import io.firn.repository.check.HurtFile;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What the check of one repository found, printed. A damage is told with the first of the files
/// that it hurts and their number: thousands of damages may hurt the same disks of the same points,
/// and every point is told with all that is hurt in it. The JSON document has all damages and all
/// files of each point. Stateless.
public final class CheckText {
  private static final int MOST_DAMAGES = 100;
  private static final int MOST_FILES = 5;

  private CheckText() {}

  public static String text(String domain, CheckReport report) {
    StringBuilder text = new StringBuilder(domain);
    text.append(report.sound() ? ": sound, " : ": DAMAGED, ");
    text.append(Human.count(report.snapshots().size(), "snapshot")).append(", ");
    text.append(Human.count(report.packs(), "pack")).append(", ");
    text.append(Human.count(report.blobs(), "blob")).append(", ");
    boolean none = report.options().depth() == CheckDepth.STRUCTURE;
    text.append(none ? "no pack read" : Human.bytes(report.bytesRead()) + " read").append('\n');
    if (report.options().depth() == CheckDepth.DATA && !all(report)) {
      text.append(
          "  read %d of %d packs (%s), seed %d%n"
              .formatted(
                  report.packsRead(),
                  report.packs(),
                  report.options().subset(),
                  report.options().seed()));
    }
    Map<SnapshotId, String> names = names(report);
    // A point that cannot be read is named nowhere else.
    Map<Boolean, List<Damage>> damages =
        report.damages().stream().collect(Collectors.partitioningBy(CheckText::isSnapshot));
    damages.getOrDefault(true, List.of()).forEach(d -> append(d, names, text));
    List<Damage> others = damages.getOrDefault(false, List.of());
    others.stream().limit(MOST_DAMAGES).forEach(d -> append(d, names, text));
    if (others.size() > MOST_DAMAGES) {
      text.append("  and ").append(others.size() - MOST_DAMAGES);
      text.append(" damaged objects more: -o json names them\n");
    }
    if (!report.sound()) {
      appendPoints(report, text);
      next(domain, report).forEach(step -> text.append("  next: ").append(step).append('\n'));
    }
    report.hints().forEach(hint -> text.append("  hint: ").append(hint).append('\n'));
    return text.toString();
  }

  /// A repository that could not be opened.
  public static String notChecked(String domain, Failure failure) {
    return "%s: NOT CHECKED: %s%n  next: %s%n"
        .formatted(domain, failure.summary(), failure.guidance());
  }

  public static ObjectNode notCheckedDocument(String domain, Failure failure) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("domain", domain);
    document.put("sound", false);
    document.put("notChecked", failure.code().name());
    document.put("reason", failure.summary());
    return document;
  }

  private static boolean isSnapshot(Damage damage) {
    return damage.object() instanceof DamagedObject.DamagedSnapshot;
  }

  private static void append(Damage damage, Map<SnapshotId, String> names, StringBuilder text) {
    text.append("  damaged: ").append(damage.object());
    text.append(": ").append(damage.reason()).append('\n');
    List<HurtFile> hurt = damage.hurtFiles();
    for (HurtFile file : first(hurt)) {
      text.append("    hurts ").append(file.path()).append(" of ");
      text.append(names.getOrDefault(file.snapshot(), unnamed(file.snapshot()))).append('\n');
    }
    if (hurt.size() > MOST_FILES) {
      long points = hurt.stream().map(HurtFile::snapshot).distinct().count();
      text.append("    and ").append(Human.count(hurt.size() - MOST_FILES, "file"));
      text.append(" more; of ").append(Human.count(points, "point"));
      text.append(" in all, which are named below\n");
    }
    if (hurt.isEmpty()) {
      text.append("    hurts no point\n");
    }
  }

  private static void appendPoints(CheckReport report, StringBuilder text) {
    for (CheckedSnapshot snapshot : report.snapshots()) {
      text.append(snapshot.whole() ? "  whole: " : "  hurt:  ").append(name(snapshot));
      text.append("  ").append(snapshot.time());
      text.append(snapshot.whole() ? "" : "  " + HurtPaths.text(snapshot.hurtPaths())).append('\n');
    }
  }

  private static List<HurtFile> first(List<HurtFile> hurt) {
    return hurt.subList(0, Math.min(MOST_FILES, hurt.size()));
  }

  /// What to do about it, in order.
  private static List<String> next(String domain, CheckReport report) {
    List<String> named =
        report.damages().stream()
            .map(Damage::object)
            .filter(DamagedObject.DamagedPack.class::isInstance)
            .map(DamagedObject.DamagedPack.class::cast)
            .map(pack -> " --pack " + pack.id())
            .distinct()
            .toList();
    // A command line has an end: where so much is lost, the repair finds it by itself.
    String packs = named.size() > MOST_DAMAGES ? " --read-data" : String.join("", named);
    boolean repairable =
        report.damages().stream().map(Damage::object).anyMatch(CheckText::repairable);
    if (report.damages().stream()
        .allMatch(damage -> damage.object() instanceof DamagedObject.DamagedMark)) {
      return List.of("firn vault prune --domain " + domain);
    }
    return repairable
        ? List.of(
            "firn vault repair index --domain " + domain + packs,
            "back the machines up again: what they still have is stored anew",
            "firn vault check --domain " + domain + " --read-data")
        : List.of("copy the named files back from elsewhere, then check again");
  }

  private static boolean repairable(DamagedObject object) {
    return switch (object) {
      case DamagedObject.DamagedIndex index -> true;
      case DamagedObject.DamagedPack pack -> true;
      case DamagedObject.DamagedBlob blob -> true;
      case DamagedObject.DamagedKey key -> false;
      case DamagedObject.DamagedSnapshot snapshot -> false;
      case DamagedObject.DamagedLock lock -> false;
      case DamagedObject.DamagedMark mark -> false;
    };
  }

  private static Map<SnapshotId, String> names(CheckReport report) {
    return report.snapshots().stream()
        .collect(Collectors.toMap(CheckedSnapshot::id, CheckText::name));
  }

  private static String unnamed(SnapshotId id) {
    return "snapshot " + id.toString().substring(0, 8);
  }

  /// A point by its name, what is none as restic names it.
  private static String name(CheckedSnapshot snapshot) {
    return snapshot.tags().stream()
        .filter(tag -> tag.startsWith("point="))
        .map(tag -> "point " + tag.substring("point=".length()))
        .findFirst()
        .orElse(unnamed(snapshot.id()));
  }

  private static boolean all(CheckReport report) {
    return report.options().subset() instanceof DataSubset.All;
  }

  public static ObjectNode document(String domain, CheckReport report) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("domain", domain);
    document.put("depth", report.options().depth().name().toLowerCase(Locale.ROOT));
    document.put("sound", report.sound());
    if (!all(report)) {
      document.put("subset", report.options().subset().toString());
      document.put("seed", report.options().seed());
    }
    document.put("snapshots", report.snapshots().size());
    document.put("packs", report.packs());
    document.put("packsRead", report.packsRead());
    document.put("blobs", report.blobs());
    document.put("bytesRead", report.bytesRead());
    ArrayNode damages = document.putArray("damages");
    report.damages().forEach(damage -> describe(damage, damages.addObject()));
    ArrayNode points = document.putArray("points");
    for (CheckedSnapshot snapshot : report.snapshots()) {
      ObjectNode node = points.addObject();
      node.put("snapshot", snapshot.id().toString());
      node.put("name", name(snapshot).substring(name(snapshot).indexOf(' ') + 1));
      node.put("time", snapshot.time().toString());
      node.put("whole", snapshot.whole());
      snapshot.hurtPaths().forEach(path -> node.withArray("hurt").add(path));
    }
    report.hints().forEach(document.putArray("hints")::add);
    return document;
  }

  private static void describe(Damage damage, ObjectNode node) {
    node.put("object", damage.object().toString());
    node.put("reason", damage.reason());
    damage.blobs().forEach(blob -> node.withArray("blobs").add(blob.toString()));
    node.put("hurtFiles", damage.hurtFiles().size());
    for (HurtFile file : first(damage.hurtFiles())) {
      node.withArray("hurt")
          .addObject()
          .put("snapshot", file.snapshot().toString())
          .put("path", file.path());
    }
  }
}
