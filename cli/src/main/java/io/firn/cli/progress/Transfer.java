package io.firn.cli.progress;

import io.firn.cli.output.Human;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// How far one volume or repository is, and how fast. `began` is when it was first told of, and
/// `first` how much was done by then: what took its time before that says nothing of speed.
/// Immutable.
record Transfer(String name, Amount first, Instant began, Amount amount, Instant now) {
  static Transfer begin(String name, Amount amount, Instant now) {
    return new Transfer(name, amount, now, amount, now);
  }

  Transfer at(Amount later, Instant time) {
    return new Transfer(name, first, began, later, time);
  }

  boolean finished() {
    return amount.finished();
  }

  int percent() {
    return amount.percent();
  }

  /// `45% 1.2 GiB of 2.6 GiB 340 MiB/s 4.1 s left`.
  String describe() {
    Duration elapsed = Duration.between(began, now);
    StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%3d%%", percent()));
    append(text, amount.text());
    append(text, elapsed.isPositive() ? amount.rate(moved(), elapsed) : "");
    append(text, finished() ? amount.gain() : left(elapsed));
    return text.toString();
  }

  private String left(Duration elapsed) {
    if (moved() <= 0 || !elapsed.isPositive()) {
      return "";
    }
    double ratio = (amount.total() - amount.done()) / (double) moved();
    return Human.duration(Duration.ofMillis((long) (elapsed.toMillis() * ratio))) + " left";
  }

  private long moved() {
    return amount.done() - first.done();
  }

  private static void append(StringBuilder text, String part) {
    if (!part.isEmpty()) {
      text.append("  ").append(part);
    }
  }
}
