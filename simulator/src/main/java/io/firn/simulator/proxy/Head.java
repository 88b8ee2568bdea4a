package io.firn.simulator.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The start line of an HTTP message and its header lines, as they came.
record Head(String start, List<String> lines) {
  private static final int LONGEST = 1 << 20;

  Head {
    lines = List.copyOf(lines);
  }

  /// The next message's; empty where the stream has ended.
  static Optional<Head> read(InputStream in) throws IOException {
    int first = in.read();
    if (first < 0) {
      return Optional.empty();
    }
    String start = (char) first + line(in);
    List<String> lines = new ArrayList<>();
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      length += line.length();
      if (length > LONGEST) {
        throw new IOException("the header is longer than " + LONGEST + " bytes");
      }
      lines.add(line);
    }
    return Optional.of(new Head(start, lines));
  }

  /// One line without its end.
  static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the connection ended within a line");
      }
      if (line.size() > LONGEST) {
        throw new IOException("a line is longer than " + LONGEST + " bytes");
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /// The value of a header, or "".
  String header(String name) {
    return lines.stream()
        .filter(line -> named(line, name))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  /// Whether a header names a token, such as `close` or `chunked`, whatever the case.
  boolean says(String name, String token) {
    return header(name).toLowerCase(Locale.ROOT).contains(token);
  }

  Head without(String name) {
    return new Head(start, lines.stream().filter(line -> !named(line, name)).toList());
  }

  private static boolean named(String line, String name) {
    return line.length() > name.length()
        && line.charAt(name.length()) == ':'
        && line.regionMatches(true, 0, name, 0, name.length());
  }

  /// A part of the start line: method and target of a request, status of an answer.
  String word(int index) {
    String[] words = start.split(" ", 3);
    return index < words.length ? words[index] : "";
  }

  void writeTo(OutputStream out) throws IOException {
    StringBuilder text = new StringBuilder(start).append("\r\n");
    lines.forEach(line -> text.append(line).append("\r\n"));
    out.write(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }
}
