package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Server-side apply: merges what a manager wants into the object, removes what it no longer wants
/// and nobody else owns, and refuses to change what others own unless forced
/// (`sigs.k8s.io/structured-merge-diff`).
final class ServerSideApply {
  private final Target target;
  private final ObjectNode live;
  private final ObjectNode applied;
  private final WriteOptions options;
  private final ManagedFields managed;
  private final ManagedFields.Owner self;

  private ServerSideApply(
      Target target, ObjectNode live, ObjectNode applied, WriteOptions options) {
    this.target = target;
    this.live = live;
    this.applied = applied;
    this.options = options;
    this.managed = ManagedFields.of(live);
    this.self = ManagedFields.Owner.of(target, options);
  }

  /// The object after the apply; `live` is changed in place.
  static ObjectNode apply(
      Target target, ObjectNode live, ObjectNode applied, WriteOptions options, Instant now) {
    checkFields(target, applied);
    return new ServerSideApply(target, live, applied, options).run(now);
  }

  /// Unknown fields cannot be owned: unlike other writes, an apply with one is refused.
  static void checkFields(Target target, ObjectNode applied) {
    target
        .version()
        .schema()
        .map(schema -> Pruning.prune(schema, applied.deepCopy()))
        .filter(unknown -> !unknown.isEmpty())
        .ifPresent(unknown -> {
          throw ApiFailure.of(
              500,
              "",
              "failed to create typed patch object (%s/%s; %s, Kind=%s): .%s: field not declared in schema"
                  .formatted(
                      target.namespace(),
                      target.name(),
                      target.apiVersion(),
                      target.resource().kind(),
                      unknown.getFirst()));
        });
  }

  private ObjectNode run(Instant now) {
    Map<List<String>, JsonNode> wanted = FieldLeaves.of(target, applied);
    Map<List<String>, JsonNode> present = FieldLeaves.of(target, live);
    Map<ManagedFields.Owner, List<List<String>>> conflicts = conflicts(wanted, present);
    if (!conflicts.isEmpty() && !options.force() && !isSuccession(conflicts)) {
      throw refusal(conflicts);
    }
    conflicts.forEach(
        (owner, paths) -> managed.set(owner, managed.of(owner).minus(paths), Meta.time(now)));

    Set<List<String>> dropped = new HashSet<>(managed.of(self).paths());
    dropped.removeAll(wanted.keySet());
    for (ManagedFields.Owner owner : managed.owners()) {
      if (!owner.equals(self)) {
        dropped.removeAll(managed.of(owner).paths());
      }
    }
    FieldEdits.remove(live, dropped);
    FieldEdits.merge(ListKeys.schema(target), live, applied);
    managed.set(self, new FieldSet(wanted.keySet()), Meta.time(now));
    managed.writeTo(live);
    return live;
  }

  private Map<ManagedFields.Owner, List<List<String>>> conflicts(
      Map<List<String>, JsonNode> wanted, Map<List<String>, JsonNode> present) {
    Map<ManagedFields.Owner, List<List<String>>> conflicts = new LinkedHashMap<>();
    for (ManagedFields.Owner owner : managed.owners()) {
      if (owner.equals(self)) {
        continue;
      }
      for (List<String> path : managed.of(owner).paths()) {
        JsonNode want = wanted.get(path);
        JsonNode have = present.get(path);
        if (want != null && have != null && !Json.same(want, have)) {
          conflicts.computeIfAbsent(owner, _ -> new ArrayList<>()).add(path);
        }
      }
    }
    return conflicts;
  }

  /// kubectl's server-side apply inherits what its client-side apply wrote: conflicts about fields
  /// of the last applied configuration are none (`LastAppliedManager` in kube-apiserver).
  private boolean isSuccession(Map<ManagedFields.Owner, List<List<String>>> conflicts) {
    String last =
        Meta.of(live)
            .path("annotations")
            .path("kubectl.kubernetes.io/last-applied-configuration")
            .asText();
    if (!options.manager().equals("kubectl") || last.isEmpty()) {
      return false;
    }
    Set<List<String>> own =
        Json.parse(last) instanceof ObjectNode configuration
            ? FieldLeaves.of(target, configuration).keySet()
            : Set.of();
    return conflicts.values().stream().allMatch(own::containsAll);
  }

  private ApiFailure refusal(Map<ManagedFields.Owner, List<List<String>>> conflicts) {
    int count = conflicts.values().stream().mapToInt(List::size).sum();
    List<String> texts = new ArrayList<>();
    List<ApiFailure.Cause> causes = new ArrayList<>();
    conflicts.forEach((owner, paths) -> {
      String with = "with \"" + owner.manager() + "\"";
      String sub =
          owner.subresource().isEmpty() ? "" : " with subresource \"" + owner.subresource() + "\"";
      String using =
          with
              + sub
              + (owner.operation().equals(ManagedFields.UPDATE)
                  ? " using " + owner.apiVersion()
                  : "");
      List<String> fields = paths.stream().map(FieldSet::print).toList();
      texts.add(
          fields.size() == 1
              ? "conflict " + using + ": " + fields.getFirst()
              : "conflicts " + using + ":\n- " + String.join("\n- ", fields));
      fields.forEach(field ->
          causes.add(new ApiFailure.Cause("FieldManagerConflict", "conflict " + using, field)));
    });
    String message =
        "Apply failed with %d conflict%s: %s"
            .formatted(count, count == 1 ? "" : "s", String.join("\n", texts));
    return ApiFailure.applyConflict(message, causes);
  }
}
