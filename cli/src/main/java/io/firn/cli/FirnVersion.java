package io.firn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// The version that was built. Stateless.
public final class FirnVersion {
  private FirnVersion() {}

  /// Such as `0.1.0`.
  public static String get() {
    Properties properties = new Properties();
    try (InputStream in = FirnVersion.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        throw new IllegalStateException("version.properties is missing from the jar");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }
}
