package io.firn.cli.options;

import io.firn.retention.KeepRule;
import io.firn.retention.Span;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// One of the `--keep` options: what was given, what may be given, and the rule that it stands for.
record KeepFlag(
    String option, Optional<String> given, String allowed, Function<String, KeepRule> rule) {

  static KeepFlag count(String option, @Nullable String given, IntFunction<KeepRule> rule) {
    return new KeepFlag(
        option,
        Optional.ofNullable(given),
        "Give a number from 1 on, or unlimited.",
        text -> rule.apply(number(text)));
  }

  static KeepFlag span(String option, @Nullable String given, Function<Span, KeepRule> rule) {
    return new KeepFlag(
        option,
        Optional.ofNullable(given),
        "Give a time such as 7d, 12h or 1y6m.",
        text -> rule.apply(Span.parse(text)));
  }

  /// The rule; empty where the option was not given; `USAGE` where it makes no sense.
  Optional<KeepRule> parse() {
    return given.map(text -> {
      try {
        return rule.apply(text);
      } catch (IllegalArgumentException e) {
        throw UsageFailure.of(option + " cannot be '" + text + "'", allowed);
      }
    });
  }

  private static int number(String text) {
    if (text.equals("unlimited")) {
      return KeepRule.ALL;
    }
    int count = Integer.parseInt(text);
    if (count < 1) {
      throw new IllegalArgumentException("not positive: " + count);
    }
    return count;
  }
}
