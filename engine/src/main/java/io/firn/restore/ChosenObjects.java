package io.firn.restore;

import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.graph.ObjectRef;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The part of a point that a request is about: the roots, and the captured objects to look at.
record ChosenObjects(List<ObjectRef> roots, List<ObjectRef> objects) {

  /// All of the point, or the named machines with everything that they need. `OBJECT_NOT_FOUND`
  /// where a name is not in the point.
  static ChosenObjects of(CapturedPoint point, RestoreRequest request) {
    Set<String> names =
        point.roots().stream().map(ObjectRef::name).collect(Collectors.toCollection(TreeSet::new));
    require(point, names, request.machines());
    require(point, names, request.renames().keySet());
    if (request.machines().isEmpty()) {
      return new ChosenObjects(point.roots(), List.copyOf(point.definitions().keySet()));
    }
    List<ObjectRef> roots =
        point.roots().stream().filter(r -> request.machines().contains(r.name())).toList();
    SequencedSet<ObjectRef> needed = point.reachable(roots);
    return new ChosenObjects(
        roots, point.definitions().keySet().stream().filter(needed::contains).toList());
  }

  private static void require(CapturedPoint point, Set<String> names, Set<String> wanted) {
    for (String name : wanted) {
      if (!names.contains(name)) {
        throw new FirnException(
            new Failure(
                FailureCode.OBJECT_NOT_FOUND,
                "The point %s has no machine %s".formatted(point.summary().name(), name),
                "It has: " + String.join(", ", names) + ".",
                Map.of("point", point.summary().name().value(), "machine", name),
                false));
      }
    }
  }
}
