package io.firn.simulator;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/// `plane.properties`: what `simulator/real-cluster/run` tells of the plane that it started.
record PlaneProperties(Path file, Properties values) {

  /// `folder` is `FIRN_REAL_PLANE`; an IllegalStateException where no plane runs there.
  static PlaneProperties read(Path folder) {
    Path file = folder.resolve("plane.properties");
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException(
          "no plane runs in "
              + folder
              + ": there is no plane.properties; start one with simulator/real-cluster/run");
    }
    Properties values = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      values.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("read " + file, e);
    }
    return new PlaneProperties(file, values);
  }

  /// A value; "" where there is none.
  String text(String name) {
    return values.getProperty(name, "").strip();
  }

  String require(String name) {
    String value = text(name);
    if (value.isEmpty()) {
      throw new IllegalStateException(file + " has no line " + name + "=…");
    }
    return value;
  }

  Path path(String name) {
    return Path.of(require(name));
  }

  boolean real(String part) {
    return text(part).equals("real");
  }

  Present present() {
    return new Present(true, real("kubevirt"), real("cdi"), real("snapshots"));
  }
}
