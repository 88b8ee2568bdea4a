package io.firn.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A cluster that is a heap of objects: the lookup of the tests. Counts the lists that are read.
public final class FakeCluster implements ObjectLookup {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final YAMLMapper YAML = new YAMLMapper();

  private final Map<ObjectRef, Map<ObjectRef, ObjectNode>> places = new HashMap<>();
  private final Map<String, String> refusals = new HashMap<>();
  private final Map<String, Integer> reads = new HashMap<>();

  /// The objects of a YAML file (several documents) of the test resources.
  public static FakeCluster ofYaml(String resource) {
    try (InputStream in = open(resource)) {
      return ofYamlText(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The objects of a YAML text of several documents.
  public static FakeCluster ofYamlText(String text) {
    FakeCluster cluster = new FakeCluster();
    try (MappingIterator<ObjectNode> documents =
        YAML.readerFor(ObjectNode.class).readValues(text)) {
      documents.forEachRemaining(cluster::add);
      return cluster;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The items of a JSON list of the test resources.
  public static FakeCluster ofJsonList(String resource) {
    FakeCluster cluster = new FakeCluster();
    for (JsonNode item : json(resource).path("items")) {
      cluster.add((ObjectNode) item);
    }
    return cluster;
  }

  /// A JSON file of the test resources.
  public static JsonNode json(String resource) {
    try (InputStream in = open(resource)) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void add(ObjectNode object) {
    ObjectRef ref = ObjectRef.of(object);
    place(ref).put(ref, object);
  }

  /// The object itself, for changes.
  public ObjectNode object(ObjectRef ref) {
    return Objects.requireNonNull(place(ref).get(ref), () -> ref + " is not in the cluster");
  }

  public FakeCluster refuse(ResourceKind kind, String reason) {
    refusals.put(kind.kind(), reason);
    return this;
  }

  @Override
  public List<ObjectNode> list(ResourceKind kind, String namespace) {
    reads.merge(kind.kind() + " in " + namespace, 1, Integer::sum);
    if (refusals.containsKey(kind.kind())) {
      return List.of();
    }
    return List.copyOf(place(kind.apiGroup(), kind.kind(), namespace).values());
  }

  @Override
  public Optional<String> unreadable(ResourceKind kind, String namespace) {
    return Optional.ofNullable(refusals.get(kind.kind()));
  }

  /// How often each list was read, by `Kind in namespace`.
  public Map<String, Integer> reads() {
    return reads;
  }

  private Map<ObjectRef, ObjectNode> place(ObjectRef ref) {
    return place(ref.apiGroup(), ref.kind(), ref.namespace());
  }

  private Map<ObjectRef, ObjectNode> place(String apiGroup, String kind, String namespace) {
    ObjectRef all = new ObjectRef(apiGroup, kind, namespace, "");
    return places.computeIfAbsent(all, _ -> new LinkedHashMap<>());
  }

  private static InputStream open(String resource) {
    return Objects.requireNonNull(
        FakeCluster.class.getResourceAsStream("/" + resource), () -> resource + " is absent");
  }
}
