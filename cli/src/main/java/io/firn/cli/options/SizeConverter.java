package io.firn.cli.options;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Bytes: `1048576`, `512K`, `20G`, `1TiB`; powers of 1024. Stateless.
public final class SizeConverter implements ITypeConverter<Long> {
  private static final String UNITS = "KMGT";
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})(?:([KMGT])(?:i?B)?)?");

  @Override
  public Long convert(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is no size: write 1048576, 512K, 20G or 1T");
    }
    int unit = size.group(2) == null ? 0 : UNITS.indexOf(size.group(2)) + 1;
    try {
      return Math.multiplyExact(Long.parseLong(size.group(1)), 1L << (10 * unit));
    } catch (ArithmeticException tooLarge) {
      throw new TypeConversionException("'" + text + "' is more than any storage holds");
    }
  }
}
