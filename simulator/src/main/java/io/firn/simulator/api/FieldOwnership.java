package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Keeps `managedFields` up to date: who writes a field owns it, and nobody else does.
final class FieldOwnership {
  private FieldOwnership() {}

  static void created(Target target, ObjectNode object, WriteOptions options, Instant now) {
    ManagedFields managed = new ManagedFields();
    Target whole = target.sub("");
    managed.set(
        ManagedFields.Owner.of(whole, options),
        new FieldSet(FieldLeaves.of(whole, object).keySet()),
        Meta.time(now));
    managed.writeTo(object);
  }

  /// `next` may bring entries of its own: a client that rewrites them means it.
  static void updated(
      Target target, ObjectNode old, ObjectNode next, WriteOptions options, Instant now) {
    ManagedFields managed =
        ManagedFields.of(Meta.of(next).path("managedFields").isEmpty() ? old : next);
    if (!options.applying()) {
      takeOver(target, old, next, managed, options, now);
    }
    managed.writeTo(next);
  }

  private static void takeOver(
      Target target,
      ObjectNode old,
      ObjectNode next,
      ManagedFields managed,
      WriteOptions options,
      Instant now) {
    Map<List<String>, JsonNode> before = FieldLeaves.of(target, old);
    Map<List<String>, JsonNode> after = FieldLeaves.of(target, next);
    Set<List<String>> written = new HashSet<>();
    after.forEach((path, value) -> {
      JsonNode was = before.get(path);
      if (was == null || !Json.same(was, value)) {
        written.add(path);
      }
    });
    Set<List<String>> gone = new HashSet<>(before.keySet());
    gone.removeAll(after.keySet());
    if (written.isEmpty() && gone.isEmpty()) {
      return;
    }
    ManagedFields.Owner self = ManagedFields.Owner.of(target, options);
    for (ManagedFields.Owner owner : managed.owners()) {
      if (!owner.equals(self)) {
        ManagedFields.Owner other = owner;
        FieldSet left = managed.of(other).minus(written).minus(gone);
        managed.set(other, left, Meta.time(now));
      }
    }
    managed.set(self, managed.of(self).plus(written).minus(gone), Meta.time(now));
  }
}
