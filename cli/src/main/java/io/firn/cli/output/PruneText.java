package io.firn.cli.output;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.repository.prune.PackFate;
import io.firn.repository.prune.PackGroup;
import io.firn.repository.prune.PruneOutcome;
import io.firn.repository.prune.PrunePlan;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a prune would do, and what it did, printed. Stateless.
public final class PruneText {
  private PruneText() {}

  public static String text(String domain, PrunePlan plan) {
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<PackFate, PackGroup> entry : plan.groups().entrySet()) {
      PackGroup group = entry.getValue();
      if (group.packs() > 0) {
        rows.add(
            List.of(
                word(entry.getKey()),
                Long.toString(group.packs()),
                Human.bytes(group.bytes()),
                Human.bytes(group.liveBytes()),
                meaning(entry.getKey(), plan)));
      }
    }
    StringBuilder text = new StringBuilder(domain).append(": ");
    text.append(Human.count(plan.snapshots(), "point")).append('\n');
    if (!rows.isEmpty()) {
      text.append(new Table(List.of("PACKS", "COUNT", "SIZE", "NEEDED", "WHAT"), rows).render());
    }
    if (plan.duplicateBlobs() > 0) {
      text.append(plan.duplicateBlobs()).append(" blobs are stored more than once: ");
      text.append(Human.bytes(plan.duplicateBytes())).append(" of copies\n");
    }
    text.append(change(plan.bytesFreedNow())).append(" now, ");
    text.append(Human.bytes(plan.bytesFreedLater())).append(" later, ");
    text.append(Human.bytes(plan.bytesUnusedAfter())).append(" of ");
    text.append(Human.bytes(plan.bytesAfter())).append(" stay unused\n");
    text.append(more(plan)).append('\n');
    return text.toString();
  }

  public static String text(String domain, PruneOutcome outcome) {
    StringBuilder text = new StringBuilder(domain).append(": freed ");
    text.append(Human.bytes(outcome.bytesDeleted())).append(" in ");
    text.append(Human.count(outcome.packsDeleted(), "pack"));
    if (outcome.packsRepacked() > 0) {
      text.append(", wrote ").append(Human.bytes(outcome.bytesWritten())).append(" anew");
    }
    outcome
        .nextDue()
        .ifPresent(due -> {
          text.append(", marked ").append(Human.bytes(outcome.bytesMarked()));
          text.append(" that a prune deletes from ");
          text.append(due.truncatedTo(ChronoUnit.SECONDS)).append(" on");
        });
    text.append(", ").append(Human.bytes(outcome.plan().bytesUnusedAfter()));
    text.append(" stay unused\n");
    text.append(locked(outcome.plan()));
    outcome
        .postponed()
        .ifPresent(
            why -> text.append("  not deleted, though it is due: ").append(why).append('\n'));
    outcome
        .damaged()
        .forEach(
            pack -> text.append("  damaged, and left as it is: pack ").append(pack).append('\n'));
    return text.toString();
  }

  private static String more(PrunePlan plan) {
    int below = plan.options().repackBelowPercent();
    return plan.moreUnusedThanWanted() && below < 100
        ? "more than --max-unused %d, since packs needed for more than %d %% are left alone: --repack-below 100 writes these anew too%n"
            .formatted(plan.options().maxUnusedPercent(), below)
        : "";
  }

  private static String locked(PrunePlan plan) {
    PackGroup locked = plan.group(PackFate.LOCKED);
    return locked.packs() == 0
        ? ""
        : "  kept, though nothing needs it: %s in %s, protected by the storage%s%n"
            .formatted(
                Human.bytes(locked.unusedBytes()),
                Human.count(locked.packs(), "pack"),
                until(plan));
  }

  private static String until(PrunePlan plan) {
    return plan.lockedUntil()
        .map(time -> ", the last until " + time.truncatedTo(ChronoUnit.SECONDS))
        .orElse("");
  }

  public static ObjectNode document(String domain, PrunePlan plan) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("domain", domain);
    document.put("snapshots", plan.snapshots());
    ObjectNode groups = document.putObject("packs");
    plan.groups()
        .forEach((fate, group) ->
            groups
                .putObject(fate.name().toLowerCase(Locale.ROOT))
                .put("count", group.packs())
                .put("bytes", group.bytes())
                .put("neededBytes", group.liveBytes()));
    document.put("duplicateBlobs", plan.duplicateBlobs());
    document.put("duplicateBytes", plan.duplicateBytes());
    document.put("bytesFreedNow", plan.bytesFreedNow());
    document.put("bytesFreedLater", plan.bytesFreedLater());
    document.put("bytesUnusedAfter", plan.bytesUnusedAfter());
    document.put("bytesAfter", plan.bytesAfter());
    plan.lockedUntil().ifPresent(time -> document.put("lockedUntil", time.toString()));
    return document;
  }

  public static ObjectNode document(String domain, PruneOutcome outcome) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("domain", domain);
    document.put("packsDeleted", outcome.packsDeleted());
    document.put("bytesDeleted", outcome.bytesDeleted());
    document.put("packsRepacked", outcome.packsRepacked());
    document.put("bytesWritten", outcome.bytesWritten());
    document.put("packsMarked", outcome.packsMarked());
    document.put("bytesMarked", outcome.bytesMarked());
    outcome.nextDue().ifPresent(time -> document.put("nextDue", time.toString()));
    document.put("indexFilesRemoved", outcome.indexesRemoved());
    outcome.postponed().ifPresent(why -> document.put("postponed", why));
    outcome.damaged().forEach(pack -> document.withArray("damaged").add(pack.toString()));
    document.set("plan", document(domain, outcome.plan()));
    return document;
  }

  private static String word(PackFate fate) {
    return switch (fate) {
      case KEEP -> "keep";
      case REPACK -> "repack";
      case MERGE -> "merge";
      case DEAD -> "dead";
      case WAITING -> "waiting";
      case DUE -> "due";
      case STRAY -> "stray";
      case STRAY_DUE -> "stray, due";
      case LOCKED -> "locked";
    };
  }

  private static String meaning(PackFate fate, PrunePlan plan) {
    String grace = Human.duration(plan.options().grace());
    return switch (fate) {
      case KEEP -> "stay as they are";
      case REPACK -> "what is needed is written anew, then they are dead";
      case MERGE -> "small: written anew together, then they are dead";
      case DEAD -> "needed by nothing: deleted after " + grace;
      case WAITING -> "dead, and marked before: deleted when that is " + grace + " ago";
      case DUE -> "dead: deleted now";
      case STRAY -> "in no index: deleted after " + grace;
      case STRAY_DUE -> "in no index: deleted now";
      case LOCKED -> "protected by the storage" + until(plan);
    };
  }

  private static String change(long bytesFreed) {
    return bytesFreed < 0 ? Human.bytes(-bytesFreed) + " more" : Human.bytes(bytesFreed) + " freed";
  }
}
