package io.firn.backend.s3.server;

import java.util.Locale;
import java.util.Optional;

/// A request that passes the [FaultProxy]: `path` with its query; `number` counts from 0; `head` is
/// its first line and its headers.
public record ProxiedRequest(int number, String method, String path, String head, int bodyBytes) {
  public boolean isList() {
    return method.equals("GET") && path.contains("list-type=2");
  }

  public boolean isDownload() {
    return method.equals("GET") && !isList() && !path.contains("?");
  }

  public boolean isUpload() {
    return method.equals("PUT");
  }

  /// A header's value; `name` in lower case.
  public Optional<String> header(String name) {
    return header(head, name);
  }

  static Optional<String> header(String head, String name) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }
}
