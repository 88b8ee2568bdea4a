package io.firn.cluster.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The texts of Warning headers (`299 - "text"`, one or several in a header). Stateless.
final class WarningHeaders {
  private static final Pattern WARNING = Pattern.compile("\\d{3} \\S+ \"((?:[^\"\\\\]|\\\\.)*)\"");

  private WarningHeaders() {}

  static List<String> texts(List<String> headers) {
    List<String> texts = new ArrayList<>();
    for (String header : headers) {
      Matcher warning = WARNING.matcher(header);
      while (warning.find()) {
        texts.add(warning.group(1).replaceAll("\\\\(.)", "$1"));
      }
    }
    return texts;
  }
}
