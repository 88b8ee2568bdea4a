package io.firn.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/// Where the graph reads objects from. Implementations answer from lists, so that building the
/// graphs of all machines of a namespace costs a constant number of calls.
///
/// Thread-safe.
public interface ObjectLookup {
  /// Every object of the kind in the namespace ("" for cluster-scoped kinds), in no particular
  /// order. Empty where the API server does not serve the kind, or refuses to list it:
  /// [#unreadable], asked after the list, then says why. Callers do not change what is returned.
  List<ObjectNode> list(ResourceKind kind, String namespace);

  /// Why objects of the kind cannot be read there (forbidden, say); empty where they can. A graph
  /// says "unknown" of such objects, never "missing".
  default Optional<String> unreadable(ResourceKind kind, String namespace) {
    return Optional.empty();
  }
}
