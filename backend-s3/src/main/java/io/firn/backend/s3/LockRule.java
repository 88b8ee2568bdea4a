package io.firn.backend.s3;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Every file of a repository but its locks is protected for `period` from the last point on that
/// needs it. Written as `compliance:30d` or `governance:12h`.
public record LockRule(LockMode mode, Duration period) {
  private static final Pattern TEXT = Pattern.compile("([a-z]+):([1-9]\\d{0,5})([smhdy])");
  private static final int SLACK_PART = 4;

  public LockRule {
    if (period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException("an object lock lasts longer than " + period);
    }
  }

  /// Throws [IllegalArgumentException] that says what a rule looks like.
  public static LockRule parse(String text) {
    Matcher parts = TEXT.matcher(text.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      throw unusable(text);
    }
    LockMode mode =
        switch (parts.group(1)) {
          case "compliance" -> LockMode.COMPLIANCE;
          case "governance" -> LockMode.GOVERNANCE;
          default -> throw unusable(text);
        };
    long count = Long.parseLong(parts.group(2));
    return new LockRule(
        mode,
        switch (parts.group(3)) {
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          case "d" -> Duration.ofDays(count);
          default -> Duration.ofDays(365 * count);
        });
  }

  /// How much longer than `period` a file is locked when it is locked at all, so that a daily
  /// backup does not renew everything daily (decision 0021).
  public Duration slack() {
    return period.dividedBy(SLACK_PART);
  }

  /// Reads back by [#parse].
  public String text() {
    long seconds = period.toSeconds();
    String length =
        seconds % 86_400 == 0
            ? seconds / 86_400 + "d"
            : seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds + "s";
    return mode.name().toLowerCase(Locale.ROOT) + ":" + length;
  }

  private static IllegalArgumentException unusable(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is no object lock: write compliance:30d or governance:12h (s, m, h, d, y)");
  }
}
