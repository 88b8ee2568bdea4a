package io.firn.cluster;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/// Kubernetes quantities such as `10Gi`, `1138166334`, `1e3`. Stateless.
public final class Quantity {
  private static final Map<String, BigDecimal> SUFFIXES =
      Map.ofEntries(
          Map.entry("Ki", binary(1)),
          Map.entry("Mi", binary(2)),
          Map.entry("Gi", binary(3)),
          Map.entry("Ti", binary(4)),
          Map.entry("Pi", binary(5)),
          Map.entry("Ei", binary(6)),
          Map.entry("m", new BigDecimal("0.001")),
          Map.entry("k", BigDecimal.TEN.pow(3)),
          Map.entry("M", BigDecimal.TEN.pow(6)),
          Map.entry("G", BigDecimal.TEN.pow(9)),
          Map.entry("T", BigDecimal.TEN.pow(12)),
          Map.entry("P", BigDecimal.TEN.pow(15)),
          Map.entry("E", BigDecimal.TEN.pow(18)));

  private Quantity() {}

  /// Whole bytes, rounded up.
  public static long bytes(String quantity) {
    return round(value(quantity));
  }

  /// The number itself: `250m` is 0.25.
  public static BigDecimal value(String quantity) {
    String text = quantity.strip();
    for (int length = 2; length >= 1; length--) {
      if (text.length() > length) {
        BigDecimal factor = SUFFIXES.get(text.substring(text.length() - length));
        if (factor != null) {
          return number(text.substring(0, text.length() - length)).multiply(factor);
        }
      }
    }
    return number(text);
  }

  private static BigDecimal number(String digits) {
    return new BigDecimal(digits);
  }

  private static BigDecimal binary(int power) {
    return BigDecimal.valueOf(1024).pow(power);
  }

  private static long round(BigDecimal value) {
    return value.setScale(0, RoundingMode.CEILING).longValueExact();
  }
}
