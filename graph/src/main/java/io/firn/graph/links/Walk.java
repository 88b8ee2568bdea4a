package io.firn.graph.links;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.ClaimRole;
import io.firn.graph.ClaimUse;
import io.firn.graph.GraphNode;
import io.firn.graph.ObjectGraph;
import io.firn.graph.ObjectLookup;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/// One walk from the roots along every rule until nothing new is found. Used once.
public final class Walk {
  private final SequencedSet<ObjectRef> roots;
  private final Draft draft;

  public Walk(ObjectLookup lookup, List<ObjectRef> roots) {
    this.roots = new LinkedHashSet<>(roots);
    this.draft = new Draft(new ObjectIndex(lookup), this.roots);
  }

  /// The whole graph.
  public ObjectGraph graph() {
    for (var node = draft.next(); node.isPresent(); node = draft.next()) {
      follow(node.get());
    }
    Absences.report(draft);
    return new ObjectGraph(
        List.copyOf(roots),
        Collections.unmodifiableSequencedMap(new LinkedHashMap<>(draft.nodes())),
        draft.relations(),
        backendStorageLast(draft.claims()),
        draft.findings(),
        draft.index().unread());
  }

  private void follow(GraphNode node) {
    node.object().ifPresent(object -> follow(node.ref(), object));
  }

  private void follow(ObjectRef ref, ObjectNode object) {
    Optional<Machine> machine =
        Machine.of(ref, object).filter(found -> Ownership.standsAlone(found, draft));
    for (Links links : Rules.ALL) {
      switch (links) {
        case ObjectLinks rule when isOf(ref, rule.from()) -> rule.follow(ref, object, draft);
        case ObjectLinks _ -> {}
        case MachineLinks rule -> machine.ifPresent(found -> rule.follow(found, draft));
      }
    }
  }

  private static boolean isOf(ObjectRef ref, ResourceKind kind) {
    return kind.kind().equals(ref.kind()) && kind.apiGroup().equals(ref.apiGroup());
  }

  /// Machines in the order of discovery, each one's claims in spec order with its backend storage
  /// at the end: volumes that only the running instance has are found after it.
  private static List<ClaimUse> backendStorageLast(List<ClaimUse> claims) {
    Map<ObjectRef, List<ClaimUse>> byMachine = new LinkedHashMap<>();
    claims.forEach(
        use -> byMachine.computeIfAbsent(use.machine(), _ -> new ArrayList<>()).add(use));
    List<ClaimUse> ordered = new ArrayList<>();
    for (List<ClaimUse> uses : byMachine.values()) {
      uses.stream().filter(use -> use.role() != ClaimRole.BACKEND_STORAGE).forEach(ordered::add);
      uses.stream().filter(use -> use.role() == ClaimRole.BACKEND_STORAGE).forEach(ordered::add);
    }
    return List.copyOf(ordered);
  }
}
