package io.firn.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Deletes objects: at once, or by marking them and waiting for their finalizers and, for pods, for
/// their kubelet.
///
/// Thread-safe.
final class Deletions {
  static final String FOREGROUND = "foregroundDeletion";
  static final String ORPHAN = "orphan";

  private final Store store;
  private final Admission admission;
  private final InstantSource clock;

  Deletions(Store store, Admission admission, InstantSource clock) {
    this.store = store;
    this.admission = admission;
    this.clock = clock;
  }

  /// What a deletion came to: the object's last or marked state.
  record Outcome(ObjectNode object, boolean gone) {}

  Outcome delete(Target target, DeleteOptions options) {
    while (true) {
      ObjectNode present =
          store
              .find(target.key())
              .orElseThrow(() -> ApiFailure.notFound(target.resource().id(), target.name()));
      NamespaceRules.checkDelete(target);
      checkPreconditions(target, present, options);
      AdmissionPlugin.Request request =
          Admission.request("DELETE", target, Optional.of(present), options.write());
      admission.validate(request, present);
      ObjectNode next = marked(target, present, options);
      boolean gone = isFinished(next);
      if (options.write().dryRun() || (!gone && Unchanged.test(present, next))) {
        return new Outcome(gone ? present : next, gone);
      }
      boolean done =
          gone
              ? store.remove(target.key(), Meta.revision(present), next)
              : store.replace(target.key(), Meta.revision(present), next);
      if (done) {
        return new Outcome(next, gone);
      }
    }
  }

  /// Whether nothing holds an object that is marked for deletion any more.
  static boolean isFinished(ObjectNode object) {
    return Meta.isDeleting(object)
        && Meta.finalizers(object).isEmpty()
        && Meta.of(object).path("deletionGracePeriodSeconds").asLong() == 0
        && !(object.path("kind").asText().equals("Namespace")
            && !object.path("spec").path("finalizers").isEmpty());
  }

  static void checkPreconditions(Target target, ObjectNode present, DeleteOptions options) {
    check(
        target,
        "UID",
        options.uid(),
        Meta.uid(present),
        "The object might have been deleted and then recreated");
    check(
        target,
        "ResourceVersion",
        options.revision(),
        Meta.of(present).path("resourceVersion").asText(),
        "The object might have been modified");
  }

  /// The refusal names the kind where others name the resource.
  private static void check(
      Target target, String what, String expected, String present, String perhaps) {
    if (!expected.isEmpty() && !expected.equals(present)) {
      throw ApiFailure.conflict(
          new ResourceId(target.resource().group(), target.resource().kind()),
          target.name(),
          "the %s in the precondition (%s) does not match the %s in record (%s). %s"
              .formatted(what, expected, what, present, perhaps));
    }
  }

  private ObjectNode marked(Target target, ObjectNode present, DeleteOptions options) {
    ObjectNode next = present.deepCopy();
    ObjectNode meta = Meta.writable(next);
    long grace = grace(target, present, options);
    if (!Meta.isDeleting(present)) {
      Instant end = clock.instant().plusSeconds(grace);
      meta.put("deletionTimestamp", Meta.time(end));
      meta.put("deletionGracePeriodSeconds", grace);
      if (meta.has("generation")) {
        meta.put("generation", meta.path("generation").asLong() + 1);
      }
    } else if (grace < meta.path("deletionGracePeriodSeconds").asLong()) {
      meta.put("deletionGracePeriodSeconds", grace);
    }
    switch (options.propagation()) {
      case FOREGROUND -> Meta.addFinalizer(next, FOREGROUND);
      case ORPHAN -> Meta.addFinalizer(next, ORPHAN);
      case BACKGROUND -> {}
    }
    if (target.resource().id().equals(NamespaceRules.NAMESPACES)) {
      Json.child(next, "status").put("phase", "Terminating");
    }
    return next;
  }

  /// Only a pod that a kubelet may be running is given time.
  private static long grace(Target target, ObjectNode present, DeleteOptions options) {
    String phase = present.path("status").path("phase").asText();
    if (!target.resource().id().equals(new ResourceId("", "pods"))
        || present.path("spec").path("nodeName").asText().isEmpty()
        || phase.equals("Succeeded")
        || phase.equals("Failed")) {
      return 0;
    }
    return options
        .graceSeconds()
        .orElse(present.path("spec").path("terminationGracePeriodSeconds").asLong(30));
  }
}
