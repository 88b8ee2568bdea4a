package io.firn.simulator.world;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/// What a running plane says of itself in `plane.properties`.
record PlaneFacts(Path folder, Properties all) {

  static PlaneFacts in(Path folder) {
    Properties all = new Properties();
    Path file = folder.resolve("plane.properties");
    try (Reader reader = Files.newBufferedReader(file)) {
      all.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "FIRN_REAL_PLANE names " + folder + ", where no plane runs: " + e.getMessage(), e);
    }
    return new PlaneFacts(folder, all);
  }

  String get(String key) {
    String value = all.getProperty(key, "");
    if (value.isEmpty()) {
      throw new IllegalStateException("the plane in " + folder + " does not tell its " + key);
    }
    return value;
  }

  boolean is(String key, String value) {
    return all.getProperty(key, "").equals(value);
  }
}
