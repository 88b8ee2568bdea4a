package io.firn.retention;

import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Locale;

/// A period of the calendar, of which one point each may be kept. Weeks are ISO weeks, beginning on
/// Monday.
public enum Period {
  HOURLY,
  DAILY,
  WEEKLY,
  MONTHLY,
  YEARLY;

  /// The period that a time lies in: two times of the same period have equal buckets.
  Object bucket(ZonedDateTime time) {
    return switch (this) {
      case HOURLY -> time.toLocalDateTime().truncatedTo(ChronoUnit.HOURS);
      case DAILY -> time.toLocalDate();
      case WEEKLY ->
          time.get(IsoFields.WEEK_BASED_YEAR) * 100 + time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case MONTHLY -> time.getYear() * 100 + time.getMonthValue();
      case YEARLY -> time.getYear();
    };
  }

  /// As users type it: `hourly`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
