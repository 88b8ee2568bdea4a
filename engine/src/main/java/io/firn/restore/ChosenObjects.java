package io.firn.restore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The part of a point that a request is about: the roots, the captured objects to look at, and why
/// the others are left out ("" where they are not worth a word).
record ChosenObjects(List<ObjectRef> roots, List<ObjectRef> objects, String othersAre) {

  /// All of the point; the named machines with everything that they need; the named claims alone;
  /// or what a selector matches. `OBJECT_NOT_FOUND` where a name is not in the point, or nothing
  /// matches.
  static ChosenObjects of(CapturedPoint point, RestoreRequest request) {
    Set<String> names = names(point.roots());
    require(point, "machine", names, request.machines());
    Set<String> renamable = new TreeSet<>(names);
    if (!request.volumes().isEmpty()) {
      renamable.addAll(names(claims(point)));
    }
    require(point, "machine", renamable, request.renames().keySet());
    if (!request.volumes().isEmpty()) {
      return volumes(point, request.volumes());
    }
    if (request.selector().isPresent()) {
      return matching(point, request.selector().get());
    }
    if (request.machines().isEmpty()) {
      return new ChosenObjects(point.roots(), List.copyOf(point.definitions().keySet()), "");
    }
    List<ObjectRef> roots =
        point.roots().stream().filter(r -> request.machines().contains(r.name())).toList();
    return new ChosenObjects(roots, inOrder(point, point.reachable(roots)), "");
  }

  private static ChosenObjects volumes(CapturedPoint point, Set<String> wanted) {
    SequencedSet<ObjectRef> chosen = new LinkedHashSet<>();
    for (String name : wanted) {
      List<ObjectRef> found =
          claims(point).stream()
              .filter(c -> c.name().equals(name) || uid(point, c).equals(name))
              .toList();
      if (found.isEmpty()) {
        throw absent(point, "volume " + name, "It has: " + joined(names(claims(point))) + ".");
      }
      chosen.addAll(found);
    }
    for (ObjectRef claim : List.copyOf(chosen)) {
      chosen.addAll(standaloneDataVolume(point, claim));
    }
    return new ChosenObjects(List.of(), inOrder(point, chosen), "not asked for (--only-volume)");
  }

  private static ChosenObjects matching(CapturedPoint point, LabelSelector selector) {
    SequencedSet<ObjectRef> matched = new LinkedHashSet<>();
    point
        .definitions()
        .forEach((ref, object) -> {
          if (selector.matches(object) && !ref.kind().equals(Kinds.NAMESPACE.kind())) {
            matched.add(ref);
          }
        });
    if (matched.isEmpty()) {
      throw absent(
          point, "object with the labels " + selector, "Its labels are: " + labels(point) + ".");
    }
    List<ObjectRef> roots = point.roots().stream().filter(matched::contains).toList();
    SequencedSet<ObjectRef> chosen = point.reachable(roots);
    chosen.addAll(matched);
    for (ObjectRef ref : matched) {
      if (ref.kind().equals(Kinds.CLAIM.kind())) {
        chosen.addAll(standaloneDataVolume(point, ref));
      }
      if (ref.kind().equals(Kinds.DATA_VOLUME.kind())) {
        chosen.add(ObjectRef.of(Kinds.CLAIM, ref.namespace(), ref.name()));
      }
    }
    return new ChosenObjects(roots, inOrder(point, chosen), "does not match -l " + selector);
  }

  /// The DataVolume of a claim comes back with it, unless a machine makes it from a template: that
  /// machine will make it again, and CDI then hands it the claim.
  private static List<ObjectRef> standaloneDataVolume(CapturedPoint point, ObjectRef claim) {
    ObjectRef ref = ObjectRef.of(Kinds.DATA_VOLUME, claim.namespace(), claim.name());
    return point
        .definition(ref)
        .filter(dv -> CapturedPoint.owner(dv, Kinds.VIRTUAL_MACHINE).isEmpty())
        .map(_ -> List.of(ref))
        .orElse(List.of());
  }

  private static List<ObjectRef> claims(CapturedPoint point) {
    return point.definitions().keySet().stream()
        .filter(ref -> ref.kind().equals(Kinds.CLAIM.kind()))
        .toList();
  }

  private static String uid(CapturedPoint point, ObjectRef ref) {
    return point
        .definition(ref)
        .map(object -> object.path("metadata").path("uid").asText())
        .orElse("");
  }

  private static List<ObjectRef> inOrder(CapturedPoint point, Set<ObjectRef> chosen) {
    return point.definitions().keySet().stream().filter(chosen::contains).toList();
  }

  private static Set<String> names(Collection<ObjectRef> refs) {
    return refs.stream().map(ObjectRef::name).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String labels(CapturedPoint point) {
    Set<String> all = new TreeSet<>();
    for (ObjectNode object : point.definitions().values()) {
      object
          .path("metadata")
          .path("labels")
          .properties()
          .forEach(l -> all.add(l.getKey() + "=" + l.getValue().asText()));
    }
    return joined(all);
  }

  private static String joined(Set<String> words) {
    String some = words.stream().limit(20).collect(Collectors.joining(", "));
    return words.isEmpty() ? "none" : words.size() > 20 ? some + ", …" : some;
  }

  private static void require(
      CapturedPoint point, String what, Set<String> names, Set<String> wanted) {
    for (String name : wanted) {
      if (!names.contains(name)) {
        throw absent(point, what + " " + name, "It has: " + joined(names) + ".");
      }
    }
  }

  private static FirnException absent(CapturedPoint point, String what, String guidance) {
    return new FirnException(
        new Failure(
            FailureCode.OBJECT_NOT_FOUND,
            "The point %s has no %s".formatted(point.summary().name(), what),
            guidance,
            Map.of("point", point.summary().name().value()),
            false));
  }
}
