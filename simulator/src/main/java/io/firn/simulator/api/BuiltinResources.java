package io.firn.simulator.api;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The kinds that a Kubernetes API server serves without any CustomResourceDefinition, as far as a
/// KubeVirt cluster needs them. They are listed in `builtin-resources.txt`.
final class BuiltinResources {
  private static final BuiltinSchemas SCHEMAS = new BuiltinSchemas();

  private BuiltinResources() {}

  static List<Resource> all() {
    return Bundled.text("builtin-resources.txt")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(BuiltinResources::row)
        .toList();
  }

  private static Resource row(String line) {
    String[] cells = line.split("\\|", -1);
    String apiVersion = cells[0].isEmpty() ? cells[1] : cells[0] + "/" + cells[1];
    Resource.Version version =
        new Resource.Version(
            cells[1],
            names(cells[8]),
            SCHEMAS.of(apiVersion, cells[4]),
            Optional.empty(),
            List.of());
    return new Resource(
        new ResourceId(cells[0], cells[2]),
        cells[3],
        cells[4],
        cells[4] + "List",
        cells[5].equals("N"),
        names(cells[6]),
        names(cells[7]),
        List.of(version),
        cells[1],
        false);
  }

  private static List<String> names(String cell) {
    return Stream.of(cell.split(",")).filter(name -> !name.isEmpty()).toList();
  }
}
