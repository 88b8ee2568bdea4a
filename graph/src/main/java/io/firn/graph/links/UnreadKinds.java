package io.firn.graph.links;

import io.firn.graph.Finding.Severity;
import io.firn.graph.ObjectRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Objects that could not be read and that a restore can do without, told once for each kind and
/// namespace: who may not list volumes need not hear so for each disk.
final class UnreadKinds {
  private record Place(String kind, String namespace, String why) {}

  private final Map<Place, List<ObjectRef>> unread = new LinkedHashMap<>();

  void add(ObjectRef ref, String why) {
    unread
        .computeIfAbsent(new Place(ref.kind(), ref.namespace(), why), _ -> new ArrayList<>())
        .add(ref);
  }

  void report(Draft draft) {
    unread.forEach((place, refs) -> {
      ObjectRef first = refs.getFirst();
      String others = refs.size() == 1 ? "" : " and %d more".formatted(refs.size() - 1);
      draft.find(
          Severity.INFO,
          first,
          "%s%s could not be read (%s)".formatted(first, others, place.why()));
    });
  }
}
