package io.firn.graph.links;

import io.firn.graph.Finding.Severity;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import io.firn.graph.UnreadList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What could not be read and is not required by name, told once for each kind and namespace: who
/// may not list volumes need not hear so for each disk. Lists that are searched for what belongs to
/// a machine (services, budgets) are told too, though nobody names what they hold.
final class UnreadKinds {
  /// What the cluster makes anew or has of its own, and what only tells of actions: without it a
  /// graph has fewer nodes, and a machine nothing less.
  private static final Set<ResourceKind> LIGHT =
      Set.of(
          Kinds.POD,
          Kinds.VOLUME,
          Kinds.STORAGE_CLASS,
          Kinds.STORAGE_PROFILE,
          Kinds.VOLUME_SNAPSHOT_CLASS,
          Kinds.VOLUME_SNAPSHOT,
          Kinds.VOLUME_SNAPSHOT_CONTENT,
          Kinds.DISRUPTION_BUDGET,
          Kinds.MIGRATION,
          Kinds.VM_SNAPSHOT,
          Kinds.VM_SNAPSHOT_CONTENT,
          Kinds.VM_RESTORE,
          Kinds.VM_CLONE,
          Kinds.VM_EXPORT,
          Kinds.VM_BACKUP,
          Kinds.VM_BACKUP_TRACKER);

  private record Place(String kind, String namespace) {}

  private record Unread(String why, List<ObjectRef> refs) {}

  private final Map<Place, Unread> unread = new LinkedHashMap<>();

  static boolean weighty(ResourceKind kind) {
    return !LIGHT.contains(kind);
  }

  /// An object whose list could not be read. `told`: it has a finding of its own.
  void add(ObjectRef ref, String why, boolean told) {
    List<ObjectRef> refs =
        unread
            .computeIfAbsent(
                new Place(ref.kind(), ref.namespace()), _ -> new Unread(why, new ArrayList<>()))
            .refs();
    if (!told) {
      refs.add(ref);
    }
  }

  void report(Draft draft) {
    for (UnreadList list : draft.index().unread()) {
      Severity severity = list.weighty() ? Severity.WARNING : Severity.INFO;
      Unread named = unread.remove(new Place(list.kind().kind(), list.namespace()));
      if (named == null) {
        draft.find(severity, draft.firstRoot(), unknown(list));
      } else {
        report(named, severity, draft);
      }
    }
    // Kinds that nobody can list, because Firn does not know them.
    unread.values().forEach(named -> report(named, Severity.INFO, draft));
  }

  private static void report(Unread named, Severity severity, Draft draft) {
    if (!named.refs().isEmpty()) {
      ObjectRef first = named.refs().getFirst();
      int more = named.refs().size() - 1;
      draft.find(
          severity,
          first,
          "%s%s could not be read (%s)"
              .formatted(first, more == 0 ? "" : " and %d more".formatted(more), named.why()));
    }
  }

  private static String unknown(UnreadList list) {
    String where = list.namespace().isEmpty() ? "" : " of namespace " + list.namespace();
    return "the %s%s could not be read (%s): whether any belong here is unknown"
        .formatted(list.kind().plural(), where, list.why());
  }
}
