package io.firn.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.Cluster;
import io.firn.cluster.ClusterException;
import io.firn.graph.Kinds;
import io.firn.graph.ResourceKind;
import io.firn.run.MachineLock;
import io.firn.run.RunMarks;
import java.util.ArrayList;
import java.util.List;

/// What the doctor looks at in a namespace, or in all: read once, kind by kind. A kind that may not
/// be read is remembered, and never taken for empty. For one thread.
final class Ward {
  /// Users before what they use, locks last.
  private static final List<ResourceKind> KINDS =
      List.of(Kinds.JOB, Kinds.CLAIM, Kinds.VOLUME_SNAPSHOT, Kinds.SECRET, Kinds.CONFIG_MAP);

  private final Cluster cluster;
  private final String namespace;
  private final List<ObjectNode> marked = new ArrayList<>();
  private final List<ObjectNode> instances = new ArrayList<>();
  private final List<MachineLock> locks = new ArrayList<>();
  private final List<ClusterException> refused = new ArrayList<>();
  private boolean locksKnown;

  private Ward(Cluster cluster, String namespace) {
    this.cluster = cluster;
    this.namespace = namespace;
  }

  static Ward of(Cluster cluster, String namespace) {
    Ward ward = new Ward(cluster, namespace);
    KINDS.forEach(kind -> ward.list(kind, RunMarks.SELECTOR, ward.marked));
    ward.locksKnown =
        ward.refused.stream()
            .noneMatch(e -> Kinds.CONFIG_MAP.plural().equals(e.context().get("resource")));
    ward.list(Kinds.INSTANCE, "", ward.instances);
    ward.marked.forEach(object -> MachineLock.read(object).ifPresent(ward.locks::add));
    return ward;
  }

  private void list(ResourceKind kind, String selector, List<ObjectNode> into) {
    try {
      into.addAll(cluster.objects().list(kind, namespace, selector));
    } catch (ClusterException e) {
      if (e.code() != ClusterException.Code.FORBIDDEN) {
        throw e;
      }
      refused.add(e);
    }
  }

  /// The first refusal where everything was refused.
  void requireSeen() {
    if (refused.size() > KINDS.size()) {
      throw refused.getFirst();
    }
  }

  /// Temporary objects of Firn.
  List<ObjectNode> marked() {
    return marked;
  }

  List<ObjectNode> instances() {
    return instances;
  }

  List<MachineLock> locks() {
    return locks;
  }

  /// Whether the locks that are not among [#locks] are certainly not there.
  boolean locksKnown() {
    return locksKnown;
  }

  /// Why each kind that may not be read is unknown.
  List<String> unknown() {
    return refused.stream().map(e -> String.valueOf(e.getMessage())).toList();
  }
}
