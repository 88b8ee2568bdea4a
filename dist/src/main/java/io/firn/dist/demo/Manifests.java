package io.firn.dist.demo;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The demo's objects: plain KubeVirt YAML, which `kubectl apply -f` takes as well. Stateless.
final class Manifests {
  private static final List<String> NAMES =
      List.of(
          "10-namespace.yaml",
          "20-network.yaml",
          "30-configuration.yaml",
          "40-instancetype.yaml",
          "50-orders-db.yaml",
          "60-web.yaml",
          "70-legacy.yaml",
          "80-instances.yaml");

  private Manifests() {}

  /// Writes the files into a folder, with the address of the image filled in, and returns their
  /// objects in order.
  static List<ObjectNode> write(Path folder, String imageUrl) throws IOException {
    Files.createDirectories(folder);
    List<ObjectNode> objects = new ArrayList<>();
    for (String name : NAMES) {
      String yaml = resource(name).replace("@IMAGE_URL@", imageUrl);
      Files.writeString(folder.resolve(name), yaml);
      try (MappingIterator<ObjectNode> documents =
          new YAMLMapper().readerFor(ObjectNode.class).readValues(yaml)) {
        objects.addAll(documents.readAll());
      }
    }
    return objects;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Manifests.class.getResourceAsStream("manifests/" + name)) {
      if (in == null) {
        throw new IOException("manifests/" + name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
