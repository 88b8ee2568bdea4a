package io.firn.simulator.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Objects that lie as YAML beside a class.
public final class Manifests {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private Manifests() {}

  /// Reads the one object of a file; a file that is not there is a broken build.
  public static ObjectNode read(Class<?> beside, String file) {
    try (InputStream stream = beside.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException("no resource " + file + " beside " + beside.getName());
      }
      return (ObjectNode) YAML.readTree(stream);
    } catch (IOException e) {
      throw new UncheckedIOException("read " + file, e);
    }
  }

  /// Reads the list of objects in a file.
  public static List<ObjectNode> readAll(Class<?> beside, String file) {
    try (InputStream stream = beside.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException("no resource " + file + " beside " + beside.getName());
      }
      List<ObjectNode> all = new ArrayList<>();
      YAML.readTree(stream).forEach(one -> all.add((ObjectNode) one));
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException("read " + file, e);
    }
  }
}
