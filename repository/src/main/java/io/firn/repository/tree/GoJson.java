package io.firn.repository.tree;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Strings and times to the byte as Go's `encoding/json` writes them. A tree's ID is the hash of
/// its JSON, and restic refuses to rewrite a tree that it would encode differently.
final class GoJson {
  private static final String HEX = "0123456789abcdef";

  private GoJson() {}

  /// A node's name: quoted by Go's `strconv.Quote`, its outer quotes dropped, then made JSON.
  static byte[] name(String name) {
    return string(quote(name)).getBytes(StandardCharsets.UTF_8);
  }

  /// RFC 3339 with as many digits of the second as are needed, in UTC.
  static byte[] time(Instant time) {
    String text = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
    return ('"' + text + '"').getBytes(StandardCharsets.US_ASCII);
  }

  /// A JSON string with Go's escapes, which are safe inside HTML.
  static String string(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(c -> escape(c, out));
    return out.append('"').toString();
  }

  private static void escape(int c, StringBuilder out) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (c < 0x20 || c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029) {
          out.append("\\u").append(hex(c, 4));
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }

  static String quote(String name) {
    StringBuilder out = new StringBuilder(name.length());
    name.codePoints().forEach(c -> quote(c, out));
    return out.toString();
  }

  private static void quote(int c, StringBuilder out) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case 0x07 -> out.append("\\a");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 0x0b -> out.append("\\v");
      default -> {
        if (printable(c)) {
          out.appendCodePoint(c);
        } else if (c < 0x20 || c == 0x7f) {
          out.append("\\x").append(hex(c, 2));
        } else if (c < 0x10000) {
          out.append("\\u").append(hex(c, 4));
        } else {
          out.append("\\U").append(hex(c, 8));
        }
      }
    }
  }

  /// Go's `unicode.IsPrint`: letters, marks, numbers, punctuation, symbols and the ASCII blank.
  private static boolean printable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }

  /// Undoes [#quote]. Bytes that are no UTF-8 (`\xNN` above ASCII) come back as U+FFFD.
  static String unquote(String quoted) {
    if (quoted.indexOf('\\') < 0) {
      return quoted;
    }
    StringBuilder out = new StringBuilder(quoted.length());
    int at = 0;
    while (at < quoted.length()) {
      char c = quoted.charAt(at++);
      if (c != '\\' || at == quoted.length()) {
        out.append(c);
        continue;
      }
      char kind = quoted.charAt(at++);
      int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
      if (digits == 0) {
        out.append(single(kind));
      } else {
        int end = Math.min(at + digits, quoted.length());
        int value = Integer.parseInt(quoted, at, end, 16);
        out.appendCodePoint(kind == 'x' && value > 0x7f ? 0xfffd : value);
        at = end;
      }
    }
    return out.toString();
  }

  private static char single(char kind) {
    return switch (kind) {
      case 'a' -> 0x07;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0b;
      default -> kind;
    };
  }

  private static String hex(int value, int digits) {
    StringBuilder out = new StringBuilder(digits);
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      out.append(HEX.charAt((value >>> shift) & 15));
    }
    return out.toString();
  }
}
