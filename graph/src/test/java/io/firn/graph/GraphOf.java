package io.firn.graph;

import java.util.List;
import java.util.Optional;

/// A graph with the questions that tests ask of it.
record GraphOf(ObjectGraph graph) {
  static GraphOf vm(FakeCluster cluster, String namespace, String name) {
    return roots(cluster, ObjectRef.of(Kinds.VIRTUAL_MACHINE, namespace, name));
  }

  static GraphOf roots(FakeCluster cluster, ObjectRef... roots) {
    return new GraphOf(new GraphBuilder(cluster).build(List.of(roots)));
  }

  /// Every relation as `Kind name -> Kind name NEED path`, in order.
  List<String> relations() {
    return graph.relations().stream().map(GraphOf::line).toList();
  }

  /// The relations that end at objects of a kind.
  List<String> relationsTo(ResourceKind kind) {
    return graph.relations().stream()
        .filter(relation -> relation.to().kind().equals(kind.kind()))
        .map(GraphOf::line)
        .toList();
  }

  /// Every claim as `machine claim ROLE volume`.
  List<String> claims() {
    return graph.claims().stream()
        .map(use ->
            "%s %s %s %s"
                .formatted(use.machine().name(), use.claim().name(), use.role(), use.volume()))
        .toList();
  }

  /// Every finding as `SEVERITY message`.
  List<String> findings() {
    return graph.findings().stream().map(f -> f.severity() + " " + f.message()).toList();
  }

  List<UnreadList> unread() {
    return graph.unread();
  }

  Optional<GraphNode> node(ResourceKind kind, String namespace, String name) {
    return Optional.ofNullable(graph.nodes().get(ObjectRef.of(kind, namespace, name)));
  }

  private static String line(Relation relation) {
    return "%s -> %s %s %s"
        .formatted(
            shortName(relation.from()), shortName(relation.to()), relation.need(), relation.path());
  }

  private static String shortName(ObjectRef ref) {
    return ref.kind() + " " + ref.name();
  }
}
