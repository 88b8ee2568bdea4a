package io.firn.graph.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.firn.graph.DependencyType;
import io.firn.graph.GraphNode;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectGraph;
import io.firn.graph.ObjectRef;
import io.firn.graph.Relation;
import io.firn.graph.ResourceKind;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/// A graph as KubeVirt's `objectgraph` subresource answers it: a tree of object references, each
/// with its dependency type, of the kinds that KubeVirt's graph has. Objects that KubeVirt's graph
/// forgets (sysprep, memory dumps, …) are in their place all the same; a shared object appears
/// wherever it is named.
final class KubevirtGraph {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .build();

  /// How far below each root KubeVirt goes: machine, instance, pod. A pool has one level more.
  private static final int DEPTH = 3;

  private final ObjectGraph graph;
  private final Outgoing outgoing;

  KubevirtGraph(ObjectGraph graph) {
    this.graph = graph;
    this.outgoing = new Outgoing(graph);
  }

  String json() {
    List<ObjectNode> roots = roots();
    try {
      JsonNode whole =
          roots.size() == 1 ? roots.getFirst() : JsonNodeFactory.instance.arrayNode().addAll(roots);
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(whole) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  String yaml() {
    return roots().stream().map(KubevirtGraph::document).collect(Collectors.joining());
  }

  private static String document(ObjectNode root) {
    try {
      return YAML.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<ObjectNode> roots() {
    return graph.roots().stream()
        .map(root -> node(root, Need.REQUIRED, is(root, Kinds.POOL) ? DEPTH + 1 : DEPTH))
        .toList();
  }

  private ObjectNode node(ObjectRef ref, Need need, int levels) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.putObject("objectReference")
        .put("apiGroup", ref.apiGroup())
        .put("kind", ref.kind())
        .put("name", ref.name())
        .put("namespace", ref.namespace());
    node.putObject("labels").put("kubevirt.io/dependency-type", type(ref).label());
    if (need == Need.OPTIONAL) {
      node.put("optional", true);
    }
    if (levels > 1) {
      addChildren(node, ref, levels - 1);
    }
    return node;
  }

  private void addChildren(ObjectNode node, ObjectRef ref, int levels) {
    List<Relation> children = outgoing.from(ref).stream().filter(this::isShown).toList();
    if (!children.isEmpty()) {
      ArrayNode list = node.putArray("children");
      children.forEach(child -> list.add(node(child.to(), child.need(), levels)));
    }
  }

  private boolean isShown(Relation relation) {
    ObjectRef from = relation.from();
    ObjectRef to = relation.to();
    if (type(to) == DependencyType.OTHER) {
      return false;
    }
    if (type(from) != DependencyType.COMPUTE) {
      return is(from, Kinds.DATA_VOLUME) && is(to, Kinds.CLAIM) && from.name().equals(to.name());
    }
    return switch (relation.need()) {
      case REQUIRED, OPTIONAL -> true;
      case DERIVED -> is(to, Kinds.INSTANCE) || is(to, Kinds.POD);
      case NEVER_RESTORE -> false;
    };
  }

  private DependencyType type(ObjectRef ref) {
    GraphNode node = graph.nodes().get(ref);
    return node == null ? DependencyType.OTHER : node.type();
  }

  private static boolean is(ObjectRef ref, ResourceKind kind) {
    return ref.kind().equals(kind.kind()) && ref.apiGroup().equals(kind.apiGroup());
  }
}
