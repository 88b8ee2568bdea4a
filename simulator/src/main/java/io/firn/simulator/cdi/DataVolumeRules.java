package io.firn.simulator.cdi;

import static io.firn.simulator.client.Fields.at;
import static io.firn.simulator.client.Fields.has;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Meta;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// What a DataVolume's spec must be, in the validator's words.
final class DataVolumeRules {
  private static final List<String> SCHEMES = List.of("http", "https");

  private DataVolumeRules() {}

  static Optional<String> violation(ObjectNode volume) {
    JsonNode source = at(volume, "spec", "source");
    boolean referenced = has(volume, "spec", "sourceRef");
    if (source.size() > 1) {
      return Optional.of("Multiple Data volume sources");
    }
    boolean one = source.size() == 1 || referenced || external(volume);
    if (!one && !Meta.annotated(volume, Keys.PRE_POPULATED)) {
      return Optional.of(
          "Data volume should have either Source or SourceRef, or be externally populated");
    }
    return url(source).or(() -> target(volume));
  }

  private static boolean external(ObjectNode volume) {
    return List.of("pvc", "storage").stream()
        .anyMatch(kind ->
            has(volume, "spec", kind, "dataSource") || has(volume, "spec", kind, "dataSourceRef"));
  }

  private static Optional<String> url(JsonNode source) {
    if (!source.has("http")) {
      return Optional.empty();
    }
    String url = text(source, "http", "url");
    if (url.isEmpty()) {
      return Optional.of("spec.source source URL is empty");
    }
    return SCHEMES.contains(scheme(url))
        ? Optional.empty()
        : Optional.of("spec.source Invalid source URL scheme: " + url);
  }

  private static String scheme(String url) {
    try {
      return String.valueOf(URI.create(url).getScheme());
    } catch (IllegalArgumentException e) {
      // Not a URL at all has no scheme either.
      return "";
    }
  }

  private static Optional<String> target(ObjectNode volume) {
    boolean claim = has(volume, "spec", "pvc");
    boolean storage = has(volume, "spec", "storage");
    if (claim && storage) {
      return Optional.of(
          "Duplicate storage definition, both target storage and target pvc defined");
    }
    if (!claim && !storage) {
      return Optional.of("Missing Data volume PVC");
    }
    String kind = claim ? "pvc" : "storage";
    String size = text(volume, "spec", kind, "resources", "requests", "storage");
    boolean clone = has(volume, "spec", "source", "pvc") || has(volume, "spec", "sourceRef");
    boolean mayBeOpen = storage && (clone || has(volume, "spec", "source", "snapshot"));
    return size.isEmpty() && !mayBeOpen ? Optional.of("Storage size is missing") : Optional.empty();
  }
}
