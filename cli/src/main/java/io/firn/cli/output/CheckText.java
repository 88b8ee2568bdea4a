package io.firn.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.repository.check.CheckReport;
import io.firn.repository.check.Damage;
import io.firn.repository.check.HurtFile;
import java.util.Locale;

/// What the check of one repository found, printed. Stateless.
public final class CheckText {
  private CheckText() {}

  public static String text(String domain, CheckReport report) {
    StringBuilder text = new StringBuilder(domain);
    text.append(report.sound() ? ": sound, " : ": DAMAGED, ");
    text.append(report.snapshots()).append(" snapshots, ");
    text.append(report.packs()).append(" packs, ");
    text.append(report.blobs()).append(" blobs, ");
    text.append(Human.bytes(report.bytesRead())).append(" read\n");
    for (Damage damage : report.damages()) {
      text.append("  damaged: ").append(damage.object());
      text.append(": ").append(damage.reason()).append('\n');
      for (HurtFile file : damage.hurtFiles()) {
        text.append("    hurts ").append(file.path()).append(" of snapshot ");
        text.append(file.snapshot().toString(), 0, 8).append('\n');
      }
    }
    report.hints().forEach(hint -> text.append("  hint: ").append(hint).append('\n'));
    return text.toString();
  }

  public static ObjectNode document(String domain, CheckReport report) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("domain", domain);
    document.put("depth", report.depth().name().toLowerCase(Locale.ROOT));
    document.put("sound", report.sound());
    document.put("snapshots", report.snapshots());
    document.put("packs", report.packs());
    document.put("blobs", report.blobs());
    document.put("bytesRead", report.bytesRead());
    ArrayNode damages = document.putArray("damages");
    for (Damage damage : report.damages()) {
      ObjectNode node = damages.addObject();
      node.put("object", damage.object().toString());
      node.put("reason", damage.reason());
      damage.blobs().forEach(blob -> node.withArray("blobs").add(blob.toString()));
      for (HurtFile file : damage.hurtFiles()) {
        node.withArray("hurt")
            .addObject()
            .put("snapshot", file.snapshot().toString())
            .put("path", file.path());
      }
    }
    report.hints().forEach(document.putArray("hints")::add);
    return document;
  }
}
