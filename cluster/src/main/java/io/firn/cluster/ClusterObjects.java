package io.firn.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Objects as JSON trees. 429, 5xx and cut connections are retried inside, within a budget; a
/// retried create that finds its own object there returns it.
///
/// Thread-safe. Errors are [ClusterException].
public interface ClusterObjects {
  /// Empty where the object (or its kind) does not exist.
  Optional<ObjectNode> get(ObjectRef ref);

  /// All objects of the kind in the namespace ("" for all namespaces or a cluster-scoped kind) that
  /// match the label selector ("" for all; kubectl's syntax). Pages inside. Empty where the kind is
  /// not served.
  List<ObjectNode> list(ResourceKind kind, String namespace, String labelSelector);

  /// The kind that the server serves for a group and kind, in its preferred version; empty where it
  /// serves none.
  Optional<ResourceKind> served(String apiGroup, String kind);

  /// Every namespaced kind that the server serves and lists, each in its preferred version.
  List<ResourceKind> namespacedKinds();

  /// Creates; `dryRun` runs admission and validation on the server and changes nothing.
  ObjectNode create(ObjectNode object, boolean dryRun);

  /// As [#create] for nothing, and what the server said beside its answer: fields that it does not
  /// know, rules that the object breaks and that are not enforced.
  Trial attempt(ObjectNode object);

  /// Applies a JSON merge patch to the object, or to its status subresource.
  ObjectNode mergePatch(ObjectRef ref, ObjectNode patch, boolean status);

  /// Asks for deletion; false where there was nothing to delete. `uid`, if given, must match.
  boolean delete(ObjectRef ref, Propagation propagation, Optional<String> uid);

  /// Waits until the object (empty: it does not exist) satisfies the condition, and returns it.
  /// [ClusterException.Code#TIMEOUT] after `atMost`.
  Optional<ObjectNode> await(
      ObjectRef ref, Predicate<Optional<ObjectNode>> condition, Duration atMost);

  /// Whether this user may do it (SelfSubjectAccessReview); `subresource` "" for none.
  boolean allowed(String verb, ResourceKind kind, String subresource, String namespace);

  /// What the server would have made, with its defaults and whatever admission changed.
  record Trial(ObjectNode object, List<String> warnings) {
    public Trial {
      warnings = List.copyOf(warnings);
    }
  }

  /// How the objects that an object owns are treated when it is deleted.
  enum Propagation {
    BACKGROUND,
    FOREGROUND,
    ORPHAN
  }
}
