package io.firn.simulator.api;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Kubernetes quantities: `10Gi`, `500m`, `1e3`.
final class Quantity {
  private static final Pattern FORM =
      Pattern.compile("([+-]?[0-9.]+)([eE][+-]?[0-9]+|[KMGTPE]i|[numkMGTPE])?");
  private static final List<String> BINARY = List.of("Ei", "Pi", "Ti", "Gi", "Mi", "Ki");
  private static final Map<String, Integer> DECIMAL =
      Map.of("n", -9, "u", -6, "m", -3, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);

  private Quantity() {}

  static BigDecimal parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw ApiFailure.badRequest(
          "quantities must match the regular expression"
              + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
    }
    BigDecimal number = new BigDecimal(form.group(1));
    String suffix = form.group(2) == null ? "" : form.group(2);
    if (suffix.isEmpty()) {
      return number;
    }
    if (BINARY.contains(suffix)) {
      return number.multiply(binary(suffix));
    }
    int exponent =
        DECIMAL.containsKey(suffix)
            ? DECIMAL.get(suffix)
            : Integer.parseInt(suffix.substring(1).replace("+", ""));
    return number.scaleByPowerOfTen(exponent);
  }

  /// The shortest exact form, with a binary suffix where one fits.
  static String print(BigDecimal value) {
    for (String suffix : BINARY) {
      BigDecimal[] parts = value.divideAndRemainder(binary(suffix));
      if (value.signum() > 0 && parts[1].signum() == 0) {
        return parts[0].toBigInteger() + suffix;
      }
    }
    boolean whole = value.stripTrailingZeros().scale() <= 0;
    return whole
        ? value.stripTrailingZeros().toPlainString()
        : value.movePointRight(3).stripTrailingZeros().toPlainString() + "m";
  }

  private static BigDecimal binary(String suffix) {
    return BigDecimal.valueOf(1024).pow(BINARY.size() - BINARY.indexOf(suffix));
  }
}
