package io.firn.point;

import com.fasterxml.jackson.databind.JsonNode;
import io.firn.graph.ObjectRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Reads a manifest from a JSON tree; the reverse of [ManifestTree]. A required field that is
/// absent is an [IllegalArgumentException] naming it. Stateless.
final class ManifestFields {
  private ManifestFields() {}

  static Manifest read(JsonNode tree) {
    JsonNode cluster = tree.path("cluster");
    return new Manifest(
        tree.path("version").asInt(),
        tree.path("firnVersion").asText(),
        new PointName(text(tree, "point")),
        Instant.parse(text(tree, "capturedAt")),
        new Manifest.ClusterFacts(
            cluster.path("name").asText(),
            cluster.path("uid").asText(),
            cluster.path("kubernetesVersion").asText()),
        text(tree, "namespace"),
        each(tree, "machines", ManifestFields::machine),
        each(tree, "volumes", ManifestFields::volume),
        each(tree, "definitions", ManifestFields::ref),
        each(
            tree,
            "excluded",
            e -> new Manifest.ExcludedVolume(text(e, "claim"), e.path("reason").asText())));
  }

  private static Manifest.MachineFacts machine(JsonNode tree) {
    Map<String, String> annotations = new TreeMap<>();
    tree.path("effectiveAnnotations")
        .properties()
        .forEach(e -> annotations.put(e.getKey(), e.getValue().asText()));
    return new Manifest.MachineFacts(
        ref(tree.path("machine")),
        tree.path("uid").asText(),
        tree.path("running").asBoolean(),
        ConsistencyLevel.valueOf(text(tree, "level").toUpperCase(Locale.ROOT)),
        tree.path("levelReason").asText(),
        optional(tree, "frozenBy"),
        tree.path("freezeMillis").asLong(),
        tree.path("skewMillis").asLong(),
        each(
            tree,
            "effectiveMacs",
            m -> new Manifest.EffectiveMac(text(m, "interface"), text(m, "mac"))),
        optional(tree, "effectiveFirmwareUuid"),
        each(tree, "claims", JsonNode::asText),
        optional(tree, "instancetypeRevision"),
        optional(tree, "preferenceRevision"),
        annotations);
  }

  private static Manifest.VolumeFacts volume(JsonNode tree) {
    return new Manifest.VolumeFacts(
        text(tree, "claim"),
        text(tree, "volumeMode"),
        tree.path("storageClass").asText(),
        tree.path("capacityBytes").asLong(),
        tree.path("sizeBytes").asLong(),
        tree.path("blockSizeBytes").asInt(),
        tree.path("digest").asText(),
        Instant.parse(text(tree, "cutAt")),
        optional(tree, "snapshotHandle"),
        optional(tree, "driver"),
        tree.path("bytesRead").asLong(),
        tree.path("bytesNew").asLong(),
        tree.path("bytesStored").asLong());
  }

  private static ObjectRef ref(JsonNode tree) {
    return new ObjectRef(
        tree.path("apiGroup").asText(),
        text(tree, "kind"),
        tree.path("namespace").asText(),
        text(tree, "name"));
  }

  private static <T> List<T> each(JsonNode tree, String field, Function<JsonNode, T> read) {
    List<T> values = new ArrayList<>();
    tree.path(field).forEach(node -> values.add(read.apply(node)));
    return values;
  }

  private static Optional<String> optional(JsonNode tree, String field) {
    return tree.hasNonNull(field) ? Optional.of(tree.path(field).asText()) : Optional.empty();
  }

  private static String text(JsonNode tree, String field) {
    if (!tree.path(field).isTextual()) {
      throw new IllegalArgumentException("the field '" + field + "' is absent");
    }
    return tree.path(field).asText();
  }
}
