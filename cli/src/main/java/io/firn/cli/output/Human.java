package io.firn.cli.output;

import java.time.Duration;
import java.util.Locale;

/// Sizes, rates and durations as people read them. Stateless.
public final class Human {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private Human() {}

  /// `0 B`, `512 KiB`, `1.5 GiB`: one digit after the point below ten, none above.
  public static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    // 9.96 would be printed as 10.0
    boolean whole = unit == 0 || value >= 9.95 || value == Math.rint(value);
    return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
  }

  /// `1 pack`, `2 packs`.
  public static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /// Bytes a second over a time; `-` where nothing was measured.
  public static String rate(long bytes, Duration time) {
    long millis = time.toMillis();
    return millis <= 0 ? "-" : bytes((long) (bytes * 1000.0 / millis)) + "/s";
  }

  /// `12 ms`, `3.2 s`, `1m20s`, `2h05m`.
  public static String duration(Duration time) {
    long millis = time.toMillis();
    if (millis < 1000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    long seconds = time.toSeconds();
    return seconds < 3600
        ? String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%dh%02dm", seconds / 3600, seconds % 3600 / 60);
  }

  /// An age as kubectl prints it: the largest unit, two below ten of it.
  public static String age(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    if (seconds < 120) {
      return seconds + "s";
    }
    if (seconds < 7200) {
      return seconds / 60 + "m";
    }
    return seconds < 172_800 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
  }
}
