package io.firn.retention;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Optional;

/// One rule at work on the points of one subject, newest first. Keeps what restic's rule of that
/// name keeps.
final class RuleCount {
  private final KeepRule rule;
  private final Instant newest;
  private int kept;
  private Optional<Object> lastBucket = Optional.empty();

  /// `newest` is the time of the newest point that does not lie in the future: spans count back
  /// from it.
  RuleCount(KeepRule rule, Instant newest) {
    this.rule = rule;
    this.newest = newest;
  }

  /// Whether the rule keeps the next point. `oldest` says that no more will come: a rule that has
  /// room left keeps it, so that history reaches back as far as it can.
  Optional<KeepReason> keeps(ZonedDateTime time, boolean oldest, Subject subject) {
    return switch (rule) {
      case KeepRule.Last(int count) -> room(count) ? reason(false, subject) : Optional.empty();
      case KeepRule.Every(Period period, int count) ->
          room(count) ? inPeriod(period, time, oldest, subject) : Optional.empty();
      case KeepRule.Within(Span span) ->
          within(span, time) ? reason(false, subject) : Optional.empty();
      case KeepRule.EveryWithin(Period period, Span span) ->
          within(span, time) ? inPeriod(period, time, oldest, subject) : Optional.empty();
    };
  }

  private boolean room(int count) {
    return count == KeepRule.ALL || kept < count;
  }

  private boolean within(Span span, ZonedDateTime time) {
    return time.isAfter(span.before(newest.atZone(time.getZone())));
  }

  private Optional<KeepReason> inPeriod(
      Period period, ZonedDateTime time, boolean oldest, Subject subject) {
    Optional<Object> bucket = Optional.of(period.bucket(time));
    boolean fresh = !bucket.equals(lastBucket);
    if (!fresh && !oldest) {
      return Optional.empty();
    }
    lastBucket = bucket;
    return reason(!fresh, subject);
  }

  private Optional<KeepReason> reason(boolean oldest, Subject subject) {
    kept++;
    return Optional.of(new KeepReason.ByRule(rule, kept, oldest, subject));
  }
}
