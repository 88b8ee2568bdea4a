package io.firn.point;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/// A point's protection from being forgotten: until a time, or for ever where that is empty.
/// `reason` is what a person said about it, "" for nothing.
public record Protection(Optional<Instant> until, String reason) {
  /// The one that lasts longer is the stronger.
  static final Comparator<Protection> STRENGTH =
      Comparator.comparing(protection -> protection.until().orElse(Instant.MAX));

  private static final int LONGEST_REASON = 200;

  /// Cuts the reason to one line of 200 characters: it becomes a tag.
  public Protection {
    String line = reason.replaceAll("\\s+", " ").strip();
    reason = line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) : line;
  }

  /// Whether it still holds.
  public boolean active(Instant now) {
    return until.map(time -> time.isAfter(now)).orElse(true);
  }

  /// `for ever (audit)`, `until 2027-01-01T00:00:00Z`: for people.
  public String text() {
    String time = until.map(t -> "until " + t).orElse("for ever");
    return reason.isEmpty() ? time : time + " (" + reason + ")";
  }
}
