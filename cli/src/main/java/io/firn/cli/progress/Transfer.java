package io.firn.cli.progress;

import io.firn.cli.output.Human;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// How far one volume is, and since when. Immutable.
record Transfer(String volume, long done, long total, long stored, Instant began, Instant now) {

  boolean finished() {
    return done >= total;
  }

  int percent() {
    return total <= 0 ? 100 : (int) Math.min(100, done * 100.0 / total);
  }

  /// `45% 1.2 GiB of 2.6 GiB 340 MiB/s 4.1 s left`.
  String describe() {
    Duration elapsed = Duration.between(began, now);
    StringBuilder text =
        new StringBuilder(String.format(Locale.ROOT, "%3d%%  ", percent()))
            .append(Human.bytes(done))
            .append(" of ")
            .append(Human.bytes(total));
    if (elapsed.isPositive()) {
      text.append("  ").append(Human.rate(done, elapsed));
    }
    if (finished()) {
      text.append("  ").append(Human.bytes(stored)).append(" stored");
    } else if (done > 0 && elapsed.isPositive()) {
      long leftMillis = (long) (elapsed.toMillis() * ((total - done) / (double) done));
      text.append("  ").append(Human.duration(Duration.ofMillis(leftMillis))).append(" left");
    }
    return text.toString();
  }
}
