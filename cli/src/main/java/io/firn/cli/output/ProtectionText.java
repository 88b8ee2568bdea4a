package io.firn.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.point.LockSpan;
import io.firn.point.StoreProtection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// What protects a vault in a bucket against deletion. `rule` is the vault's own.
public record ProtectionText(
    StoreProtection bucket, Optional<String> rule, Optional<LockSpan> packs) {

  /// Lines for people.
  public String text() {
    String retention = bucket.defaultRetention().orElse("none");
    StringBuilder text = new StringBuilder();
    text.append("bucket: versions ").append(bucket.versioning() ? "kept" : "not kept");
    text.append(", object lock ").append(bucket.objectLock() ? "enabled" : "not enabled");
    text.append(", default retention ").append(retention).append('\n');
    text.append("vault:  object lock ").append(rule.orElse("not used")).append('\n');
    packs.ifPresent(span -> text.append(line(span)).append('\n'));
    return text.toString();
  }

  private static String line(LockSpan span) {
    String looked =
        span.looked() == span.packs()
            ? span.packs() + " packs"
            : span.looked() + " of " + span.packs() + " packs";
    String open = span.unlocked() == 0 ? "" : ", " + span.unlocked() + " not locked";
    return "locked: "
        + looked
        + ", until "
        + time(span.earliest())
        + " at the earliest, "
        + time(span.latest())
        + " at the latest"
        + open;
  }

  /// The same as fields of `protection`.
  public void into(ObjectNode document) {
    ObjectNode json = document.putObject("protection");
    json.put("versioning", bucket.versioning()).put("objectLock", bucket.objectLock());
    json.put("defaultRetention", bucket.defaultRetention().orElse(null));
    json.put("rule", rule.orElse(null));
    packs.ifPresent(span ->
        json.put("packs", span.packs())
            .put("packsLooked", span.looked())
            .put("packsUnlocked", span.unlocked())
            .put("lockedUntilEarliest", time(span.earliest()))
            .put("lockedUntilLatest", time(span.latest())));
  }

  private static String time(Optional<Instant> time) {
    return time.map(t -> t.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("-");
  }
}
