package io.firn.simulator.client;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/// Kubernetes quantities of bytes.
public final class Quantities {
  private static final Map<String, BigDecimal> UNITS =
      Map.ofEntries(
          unit("Ki", 1L << 10),
          unit("Mi", 1L << 20),
          unit("Gi", 1L << 30),
          unit("Ti", 1L << 40),
          unit("Pi", 1L << 50),
          unit("k", 1_000L),
          unit("M", 1_000_000L),
          unit("G", 1_000_000_000L),
          unit("T", 1_000_000_000_000L),
          unit("P", 1_000_000_000_000_000L));

  private Quantities() {}

  private static Map.Entry<String, BigDecimal> unit(String name, long bytes) {
    return Map.entry(name, BigDecimal.valueOf(bytes));
  }

  /// The bytes of a quantity, rounded up; 0 for "" and for what is no quantity.
  public static long bytes(String quantity) {
    int end = quantity.length();
    while (end > 0 && Character.isLetter(quantity.charAt(end - 1))) {
      end--;
    }
    BigDecimal factor = UNITS.getOrDefault(quantity.substring(end), BigDecimal.ONE);
    try {
      return new BigDecimal(quantity.substring(0, end))
          .multiply(factor)
          .setScale(0, RoundingMode.CEILING)
          .longValue();
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
