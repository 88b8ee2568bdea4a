package io.firn.cli.options;

import io.firn.retention.KeepRule;
import io.firn.retention.Period;
import io.firn.retention.RetentionPolicy;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What to keep of each machine: restic's rules, with restic's meaning.
public final class KeepOptions {
  @Option(
      names = "--keep-last",
      paramLabel = "N",
      description = "Keep the newest N points; N of any rule may be 'unlimited'.")
  private @Nullable String last;

  @Option(
      names = "--keep-hourly",
      paramLabel = "N",
      description = "Keep the newest point of each of the N newest hours that have one.")
  private @Nullable String hourly;

  @Option(names = "--keep-daily", paramLabel = "N", description = "The same for days.")
  private @Nullable String daily;

  @Option(
      names = "--keep-weekly",
      paramLabel = "N",
      description = "The same for weeks, which begin on Monday.")
  private @Nullable String weekly;

  @Option(names = "--keep-monthly", paramLabel = "N", description = "The same for months.")
  private @Nullable String monthly;

  @Option(names = "--keep-yearly", paramLabel = "N", description = "The same for years.")
  private @Nullable String yearly;

  @Option(
      names = "--keep-within",
      paramLabel = "TIME",
      description =
          "Keep all points that are younger than the newest one by no more than this (1y6m7d12h).")
  private @Nullable String within;

  @Option(
      names = "--keep-within-hourly",
      paramLabel = "TIME",
      description = "Of the points of that time, keep the newest of each hour.")
  private @Nullable String withinHourly;

  @Option(names = "--keep-within-daily", paramLabel = "TIME", description = "The same for days.")
  private @Nullable String withinDaily;

  @Option(names = "--keep-within-weekly", paramLabel = "TIME", description = "The same for weeks.")
  private @Nullable String withinWeekly;

  @Option(
      names = "--keep-within-monthly",
      paramLabel = "TIME",
      description = "The same for months.")
  private @Nullable String withinMonthly;

  @Option(names = "--keep-within-yearly", paramLabel = "TIME", description = "The same for years.")
  private @Nullable String withinYearly;

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "Where days begin (Europe/Berlin, say); default: ${DEFAULT-VALUE}.")
  private String zone = "UTC";

  @Option(
      names = "--ignore-levels",
      description = {
        "Count points of every consistency level alike. Without this, the newest point of the"
            + " best level that a machine has is kept beyond the rules."
      })
  private boolean ignoreLevels;

  /// The policy; empty where no rule was given.
  public Optional<RetentionPolicy> policy() {
    List<KeepRule> rules = given().stream().flatMap(flag -> flag.parse().stream()).toList();
    return rules.isEmpty()
        ? Optional.empty()
        : Optional.of(new RetentionPolicy(rules, timeZone(), !ignoreLevels));
  }

  private List<KeepFlag> given() {
    return List.of(
        KeepFlag.count("--keep-last", last, KeepRule.Last::new),
        every(Period.HOURLY, hourly),
        everyWithin(Period.HOURLY, withinHourly),
        every(Period.DAILY, daily),
        everyWithin(Period.DAILY, withinDaily),
        every(Period.WEEKLY, weekly),
        everyWithin(Period.WEEKLY, withinWeekly),
        every(Period.MONTHLY, monthly),
        everyWithin(Period.MONTHLY, withinMonthly),
        every(Period.YEARLY, yearly),
        everyWithin(Period.YEARLY, withinYearly),
        KeepFlag.span("--keep-within", within, KeepRule.Within::new));
  }

  private static KeepFlag every(Period period, @Nullable String given) {
    return KeepFlag.count(
        "--keep-" + period.label(), given, count -> new KeepRule.Every(period, count));
  }

  private static KeepFlag everyWithin(Period period, @Nullable String given) {
    return KeepFlag.span(
        "--keep-within-" + period.label(), given, span -> new KeepRule.EveryWithin(period, span));
  }

  private ZoneId timeZone() {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw UsageFailure.of(
          "there is no time zone '" + zone + "'", "Give one such as UTC or Europe/Berlin.");
    }
  }
}
