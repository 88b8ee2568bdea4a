package io.firn.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.repository.repair.IndexRepairPlan;
import io.firn.repository.repair.PackState;

/// What a repair of the index does in one repository, printed. Stateless.
public final class RepairText {
  private RepairText() {}

  public static String text(String domain, IndexRepairPlan plan, boolean dryRun) {
    StringBuilder text = new StringBuilder(domain);
    if (plan.nothingToDo()) {
      text.append(": nothing to repair, ").append(plan.packs()).append(" packs\n");
    } else {
      text.append(dryRun ? ": would replace " : ": replaced ");
      text.append(plan.replacedIndexes().size()).append(" index files, kept ");
      text.append(plan.keptIndexes()).append('\n');
    }
    plan.missingPacks().forEach(pack -> line(text, "missing pack", pack, "dropped"));
    if (!plan.unlistedPacks().isEmpty()) {
      text.append("  ").append(plan.unlistedPacks().size()).append(" packs listed anew\n");
    }
    for (PackState.Damaged pack : plan.damagedPacks()) {
      line(text, "damaged pack", pack.pack(), pack.reason());
      text.append(
          "    %d blobs saved, %d lost%n".formatted(pack.readable().size(), pack.lost().size()));
    }
    plan.unreadablePacks()
        .forEach(pack -> line(text, "left alone: pack", pack.pack(), pack.reason()));
    boolean loss = !plan.missingPacks().isEmpty() || plan.blobsLost() > 0;
    if (loss && !dryRun) {
      text.append("  next: back the machines up again, then firn vault check --domain ");
      text.append(domain).append('\n');
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String what, Object pack, String note) {
    text.append("  ").append(what).append(' ').append(pack).append(": ").append(note).append('\n');
  }

  public static ObjectNode document(String domain, IndexRepairPlan plan) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("domain", domain);
    document.put("packs", plan.packs());
    document.put("keptIndexes", plan.keptIndexes());
    plan.replacedIndexes()
        .forEach(index -> document.withArray("replacedIndexes").add(index.toString()));
    plan.missingPacks().forEach(pack -> document.withArray("missingPacks").add(pack.toString()));
    plan.unlistedPacks()
        .forEach(pack -> document.withArray("unlistedPacks").add(pack.pack().toString()));
    ArrayNode damaged = document.putArray("damagedPacks");
    for (PackState.Damaged pack : plan.damagedPacks()) {
      ObjectNode node = damaged.addObject();
      node.put("pack", pack.pack().toString());
      node.put("reason", pack.reason());
      node.put("blobsSaved", pack.readable().size());
      pack.lost().forEach(blob -> node.withArray("lost").add(blob.id().toString()));
    }
    ArrayNode unreadable = document.putArray("unreadablePacks");
    plan.unreadablePacks()
        .forEach(pack ->
            unreadable
                .addObject()
                .put("pack", pack.pack().toString())
                .put("reason", pack.reason()));
    return document;
  }
}
