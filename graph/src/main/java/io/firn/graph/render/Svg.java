package io.firn.graph.render;

import java.util.Locale;

/// Writes the few SVG elements that a picture needs. Text is escaped, and characters that XML does
/// not allow are left out.
final class Svg {
  private final StringBuilder text = new StringBuilder();

  Svg open(String element, String attributes) {
    text.append('<').append(element);
    text.append(attributes.isEmpty() ? "" : " " + attributes).append(">\n");
    return this;
  }

  Svg close(String element) {
    text.append("</").append(element).append(">\n");
    return this;
  }

  Svg empty(String element, String attributes) {
    text.append('<').append(element).append(' ').append(attributes).append("/>\n");
    return this;
  }

  Svg title(String content) {
    text.append("<title>").append(escape(content)).append("</title>\n");
    return this;
  }

  Svg text(double x, double y, String style, String content) {
    text.append(
        "<text x=\"%s\" y=\"%s\" class=\"%s\">%s</text>\n"
            .formatted(number(x), number(y), style, escape(content)));
    return this;
  }

  Svg rectangle(double x, double y, double width, double height, double radius, String style) {
    return empty(
        "rect",
        "x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\" class=\"%s\""
            .formatted(number(x), number(y), number(width), number(height), number(radius), style));
  }

  Svg raw(String markup) {
    text.append(markup);
    return this;
  }

  /// With one decimal at most, whatever the machine's language.
  static String number(double value) {
    String written = String.format(Locale.ROOT, "%.1f", value);
    return written.endsWith(".0") ? written.substring(0, written.length() - 2) : written;
  }

  static String escape(String content) {
    StringBuilder escaped = new StringBuilder();
    content
        .codePoints()
        .filter(letter -> letter >= ' ' || letter == '\n')
        .filter(letter -> !(letter >= 0xD800 && letter < 0xE000) && (letter & 0xFFFE) != 0xFFFE)
        .forEach(letter -> {
          switch (letter) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '"' -> escaped.append("&quot;");
            default -> escaped.appendCodePoint(letter);
          }
        });
    return escaped.toString();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
