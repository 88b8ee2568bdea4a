package io.firn.restore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.failure.FailureCode;
import io.firn.graph.ObjectRef;
import io.firn.restore.RestoreAction.Adopt;
import io.firn.restore.RestoreAction.Conflict;
import io.firn.restore.RestoreAction.Create;
import io.firn.restore.RestoreAction.Populate;
import io.firn.restore.RestoreAction.Remove;
import io.firn.restore.RestoreAction.Skip;
import io.firn.restore.RestoreAction.VolumeContent;
import io.firn.restore.rules.RestoreRules;
import io.firn.restore.rules.RestoreRules.Sanitized;
import io.firn.restore.rules.RuleContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Decides for one captured object what to do with it, by what is in its place now.
///
/// For one thread and one plan.
final class ActionPlanner {
  private final TargetCluster target;
  private final Names names;
  private final RuleContext context;
  private final ConflictPolicy policy;
  private final Function<ObjectRef, VolumeContent> contents;
  private final PlanNotes notes;
  private final boolean finishing;

  /// `finishing`: an earlier run has already started machines, so what is there is as it should be.
  ActionPlanner(
      TargetCluster target,
      Names names,
      RuleContext context,
      ConflictPolicy policy,
      Function<ObjectRef, VolumeContent> contents,
      PlanNotes notes,
      boolean finishing) {
    this.target = target;
    this.names = names;
    this.context = context;
    this.policy = policy;
    this.contents = contents;
    this.notes = notes;
    this.finishing = finishing;
  }

  /// One action, or a removal and the action that it makes room for.
  List<RestoreAction> plan(ObjectRef source, ObjectNode captured, RestoreStage stage) {
    Sanitized sanitized = RestoreRules.apply(captured, context);
    ObjectRef place = names.target(source);
    sanitized.warnings().forEach(warning -> notes.warn(place, warning, ""));
    Optional<ObjectNode> existing = target.get(place);
    Optional<String> unseen = target.unseen(place);
    if (unseen.isPresent()) {
      return List.of(
          unseen(source, place, unseen.get(), make(source, place, sanitized, stage, "")));
    }
    if (existing.isEmpty()) {
      return List.of(make(source, place, sanitized, stage, "not there"));
    }
    if (target.ours(existing.get()) || finishing) {
      return List.of(goOn(source, place, existing.get(), sanitized, stage));
    }
    return meet(source, place, existing.get(), sanitized, stage);
  }

  /// What is of the whole cluster would not be replaced anyway, so it is taken to be there;
  /// anything else is not made on a guess.
  private RestoreAction unseen(ObjectRef source, ObjectRef place, String why, RestoreAction made) {
    if (place.namespace().isEmpty()) {
      notes.warn(place, place + " may not be looked at; it is taken to be there: " + why, "");
      return new Skip(source, place, "is taken to be there: it may not be looked at");
    }
    notes.stop(
        FailureCode.CLUSTER_FORBIDDEN,
        place,
        "whether " + place + " is there already is unknown: " + why,
        "Ask for the rights that are missing: firn doctor --rights.");
    return made;
  }

  private RestoreAction make(
      ObjectRef source, ObjectRef place, Sanitized wanted, RestoreStage stage, String reason) {
    if (stage != RestoreStage.CLAIM) {
      return new Create(source, place, wanted.object(), wanted.rewrites(), reason);
    }
    VolumeContent content = contents.apply(source);
    return new Populate(source, place, wanted.object(), wanted.rewrites(), content, false, reason);
  }

  /// An object of an earlier run of this restore.
  private RestoreAction goOn(
      ObjectRef source,
      ObjectRef place,
      ObjectNode existing,
      Sanitized wanted,
      RestoreStage stage) {
    boolean filled =
        finishing || !TargetCluster.annotation(existing, ClaimFilling.POPULATED).isEmpty();
    if (stage == RestoreStage.CLAIM && !filled) {
      return new Populate(
          source,
          place,
          wanted.object(),
          wanted.rewrites(),
          contents.apply(source),
          true,
          "an earlier run of this restore did not finish filling it");
    }
    return new Adopt(source, place, existing, "made by an earlier run of this restore");
  }

  /// An object that is none of this restore's.
  private List<RestoreAction> meet(
      ObjectRef source,
      ObjectRef place,
      ObjectNode existing,
      Sanitized wanted,
      RestoreStage stage) {
    // A revision goes with the machine that it belongs to, and that one is removed.
    boolean goes = stage == RestoreStage.REVISION && policy == ConflictPolicy.REPLACE;
    boolean same = !goes && SameContent.of(existing, wanted.object());
    boolean shared =
        switch (stage) {
          case CONFIG, TYPE, REVISION, SERVICE -> true;
          case CLAIM, DATA_VOLUME, MACHINE, STARTING -> false;
        };
    boolean equal =
        switch (stage) {
          case CONFIG, TYPE, REVISION, SERVICE -> same;
          // A machine whose volumes are replaced has to go with them.
          case DATA_VOLUME, MACHINE, STARTING ->
              policy != ConflictPolicy.REPLACE && SameContent.runningOf(existing, wanted.object());
          // What is in it cannot be seen without reading it.
          case CLAIM -> false;
        };
    if (equal) {
      return List.of(new Skip(source, place, "is there already with the same content"));
    }
    if (shared && neverReplaced(place)) {
      notes.warn(
          place,
          place + " is there already and differs from the captured one; it is left as it is",
          "Compare them, and change it by hand where that matters.");
      return List.of(new Skip(source, place, "is there already; never overwritten"));
    }
    return switch (policy) {
      case FAIL ->
          List.of(
              new Conflict(
                  source,
                  place,
                  shared ? "is there already with other content" : "is there already",
                  "Restore elsewhere (--to-namespace, --rename), or say --on-conflict skip or"
                      + " replace."));
      case SKIP -> {
        notes.warn(place, place + " is there already; it is used as it is", "");
        yield List.of(new Skip(source, place, "is there already (--on-conflict skip)"));
      }
      case REPLACE -> {
        List<RestoreAction> actions = new ArrayList<>();
        String uid = existing.path("metadata").path("uid").asText();
        actions.add(new Remove(source, place, uid, "makes room (--on-conflict replace)"));
        actions.add(make(source, place, wanted, stage, "replaces the one that is there"));
        yield actions;
      }
    };
  }

  /// Others in the cluster or the namespace may rely on these.
  private static boolean neverReplaced(ObjectRef ref) {
    return ref.namespace().isEmpty()
        || switch (ref.kind()) {
          case "ServiceAccount",
              "NetworkAttachmentDefinition",
              "VirtualMachineInstancetype",
              "VirtualMachinePreference" ->
              true;
          default -> false;
        };
  }
}
