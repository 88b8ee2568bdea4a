package io.firn.cli.options;

import io.firn.retention.KeepRule;
import io.firn.retention.Period;
import io.firn.retention.RetentionPolicy;
import io.firn.retention.Span;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
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
    List<KeepRule> rules = new ArrayList<>();
    add(rules, "--keep-last", last, text -> new KeepRule.Last(count(text)));
    every(rules, Period.HOURLY, hourly, withinHourly);
    every(rules, Period.DAILY, daily, withinDaily);
    every(rules, Period.WEEKLY, weekly, withinWeekly);
    every(rules, Period.MONTHLY, monthly, withinMonthly);
    every(rules, Period.YEARLY, yearly, withinYearly);
    add(rules, "--keep-within", within, text -> new KeepRule.Within(Span.parse(text)));
    return rules.isEmpty()
        ? Optional.empty()
        : Optional.of(new RetentionPolicy(rules, timeZone(), !ignoreLevels));
  }

  private static void every(
      List<KeepRule> rules, Period period, @Nullable String count, @Nullable String span) {
    add(rules, "--keep-" + period.label(), count, text -> new KeepRule.Every(period, count(text)));
    add(
        rules,
        "--keep-within-" + period.label(),
        span,
        text -> new KeepRule.EveryWithin(period, Span.parse(text)));
  }

  private interface Parser {
    KeepRule parse(String text);
  }

  private static void add(
      List<KeepRule> rules, String option, @Nullable String text, Parser parser) {
    if (text == null) {
      return;
    }
    try {
      rules.add(parser.parse(text));
    } catch (IllegalArgumentException e) {
      throw UsageFailure.of(
          option + " cannot be '" + text + "'",
          option.contains("within")
              ? "Give a time such as 7d, 12h or 1y6m."
              : "Give a number from 1 on, or unlimited.");
    }
  }

  private static int count(String text) {
    return text.equals("unlimited") ? KeepRule.ALL : requirePositive(Integer.parseInt(text));
  }

  private static int requirePositive(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("not positive: " + count);
    }
    return count;
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
