package io.firn.backend.s3.server;

/// A request that passes the [FaultProxy]: `path` with its query; `number` counts from 0.
public record ProxiedRequest(int number, String method, String path, boolean range, int bodyBytes) {
  public boolean isList() {
    return method.equals("GET") && path.contains("list-type=2");
  }

  public boolean isDownload() {
    return method.equals("GET") && !isList() && !path.contains("?");
  }

  public boolean isUpload() {
    return method.equals("PUT");
  }
}
