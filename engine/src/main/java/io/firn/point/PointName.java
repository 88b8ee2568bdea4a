package io.firn.point;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// The name of a recovery point, unique within a vault: `20261124-202040-3f9a`, UTC time and four
/// random hex digits. Commands accept any unique prefix, and `latest`.
public record PointName(String value) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  /// A name for a point taken at that time.
  public static PointName at(Instant time, RandomGenerator random) {
    String digits = HexFormat.of().toHexDigits((short) random.nextInt(1 << 16));
    return new PointName(TIME.format(time) + "-" + digits);
  }

  @Override
  public String toString() {
    return value;
  }
}
