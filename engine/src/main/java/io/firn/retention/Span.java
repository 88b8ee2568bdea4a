package io.firn.retention;

import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A length of time on the calendar, written as restic writes it: `1y6m7d12h`, any part of it.
/// Months are as long as they happen to be.
public record Span(int years, int months, int days, int hours) {
  private static final Pattern TEXT =
      Pattern.compile("(?:(\\d{1,4})y)?(?:(\\d{1,5})m)?(?:(\\d{1,6})d)?(?:(\\d{1,7})h)?");

  public Span {
    if (years < 0 || months < 0 || days < 0 || hours < 0) {
      throw new IllegalArgumentException("a span is not negative");
    }
    if (years == 0 && months == 0 && days == 0 && hours == 0) {
      throw new IllegalArgumentException("a span is longer than nothing");
    }
  }

  /// Reads `1y6m7d12h`; anything else is an [IllegalArgumentException].
  public static Span parse(String text) {
    Matcher match = TEXT.matcher(text);
    if (text.isEmpty() || !match.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not like 1y6m7d12h");
    }
    return new Span(part(match, 1), part(match, 2), part(match, 3), part(match, 4));
  }

  /// That long before a time. A day that a month does not have runs over into the next, as in
  /// restic: a month before 31 March is 3 March, or 2 March in a leap year.
  ZonedDateTime before(ZonedDateTime time) {
    LocalDate first = time.toLocalDate().withDayOfMonth(1).minusYears(years).minusMonths(months);
    LocalDate day = first.plusDays(time.getDayOfMonth() - 1L - days);
    return day.atTime(time.toLocalTime()).atZone(time.getZone()).minusHours(hours);
  }

  private static int part(Matcher match, int group) {
    String digits = match.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  @Override
  public String toString() {
    return part(years, "y") + part(months, "m") + part(days, "d") + part(hours, "h");
  }

  private static String part(int count, String unit) {
    return count == 0 ? "" : count + unit;
  }
}
