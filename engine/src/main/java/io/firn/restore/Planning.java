package io.firn.restore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.Cluster;
import io.firn.cluster.ClusterObjects;
import io.firn.cluster.rights.MissingRights;
import io.firn.failure.FailureCode;
import io.firn.graph.ClaimRole;
import io.firn.graph.ClaimUse;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.point.Manifest;
import io.firn.point.Manifest.VolumeFacts;
import io.firn.point.PointReader;
import io.firn.restore.RestoreAction.EntryRename;
import io.firn.restore.RestoreAction.Skip;
import io.firn.restore.RestoreAction.VolumeContent;
import io.firn.restore.rules.RestoreRules;
import io.firn.restore.rules.RuleContext;
import io.firn.run.AskedRights;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The making of one plan: choose, decide object by object, check, put in order.
///
/// For one thread.
final class Planning {
  private final Cluster cluster;
  private final ClusterObjects objects;
  private final PointReader reader;
  private final RestoreRequest request;
  private final CapturedPoint point;
  private final String targetNamespace;
  private final String mark;
  private final TargetCluster target;
  private final Names names;
  private final RuleContext context;
  private final PlanNotes notes = new PlanNotes();

  Planning(Cluster cluster, PointReader reader, RestoreRequest request) {
    this.cluster = cluster;
    this.objects = cluster.objects();
    this.reader = reader;
    this.request = request;
    this.point = CapturedPoint.read(reader);
    this.targetNamespace = request.targetNamespace().orElse(point.namespace());
    this.mark = RestoreMarkName.of(point, request, targetNamespace);
    this.target = new TargetCluster(objects, targetNamespace, mark);
    this.names = Names.of(point, request, target);
    this.context = context();
  }

  RestorePlan plan() {
    ChosenObjects chosen = ChosenObjects.of(point, request);
    boolean namespaceExists = target.namespaceExists();
    List<RestoreAction> actions = new ArrayList<>(decide(chosen));
    leftOut(chosen, actions);
    actions.addAll(
        new StrayObjects(target, names, request.onConflict(), notes).of(chosen.roots(), actions));
    actions.sort(Comparator.comparingInt(Planning::rank));
    MissingRights missing = checks(chosen, actions, namespaceExists);
    return new RestorePlan(
        point.summary().name(),
        point.summary().domain(),
        point.namespace(),
        targetNamespace,
        !namespaceExists,
        namespaceLabels(),
        mark,
        request,
        actions,
        machines(actions),
        notes.findings(),
        missing);
  }

  private List<RestoreAction> decide(ChosenObjects chosen) {
    Restorable restorable = new Restorable(point);
    boolean finishing = chosen.objects().stream().anyMatch(r -> target.started(names.target(r)));
    ActionPlanner planner =
        new ActionPlanner(
            target, names, context, request.onConflict(), this::content, notes, finishing);
    Set<ObjectRef> leftAlone = leftAlone(chosen, finishing);
    List<RestoreAction> actions = new ArrayList<>();
    for (ObjectRef source : chosen.objects()) {
      ObjectNode captured = point.definition(source).orElseThrow();
      Optional<String> against = restorable.reasonAgainst(source, captured);
      if (against.isPresent()) {
        actions.add(new Skip(source, names.target(source), against.get()));
        warnOfMissingData(source, against.get());
      } else if (leftAlone.contains(source)) {
        actions.add(new Skip(source, names.target(source), "its machine is there already"));
      } else {
        actions.addAll(planner.plan(source, captured, RestoreStage.of(source).orElseThrow()));
      }
    }
    return actions;
  }

  private void leftOut(ChosenObjects chosen, List<RestoreAction> actions) {
    if (!chosen.othersAre().isEmpty()) {
      Set<ObjectRef> looked = new HashSet<>(chosen.objects());
      point.definitions().keySet().stream()
          .filter(ref -> !looked.contains(ref))
          .forEach(ref -> actions.add(new Skip(ref, names.target(ref), chosen.othersAre())));
    }
  }

  /// With `--on-conflict skip`: the volumes and revisions of machines that exist, which must not be
  /// touched under a living machine.
  private Set<ObjectRef> leftAlone(ChosenObjects chosen, boolean finishing) {
    if (request.onConflict() != ConflictPolicy.SKIP || finishing) {
      return Set.of();
    }
    List<ObjectRef> present =
        chosen.roots().stream().filter(r -> target.foreign(names.target(r))).toList();
    List<ObjectRef> absent =
        chosen.roots().stream().filter(r -> !target.foreign(names.target(r))).toList();
    Set<ObjectRef> ofPresent = new HashSet<>(point.reachable(present));
    ofPresent.removeAll(point.reachable(absent));
    ofPresent.removeIf(ref ->
        RestoreStage.of(ref)
            .filter(s ->
                s == RestoreStage.CLAIM
                    || s == RestoreStage.DATA_VOLUME
                    || s == RestoreStage.REVISION)
            .isEmpty());
    return ofPresent;
  }

  private void warnOfMissingData(ObjectRef source, String reason) {
    if (reason.contains("not in the point")) {
      String why =
          point.manifest().excluded().stream()
              .filter(e -> e.claim().equals(source.name()))
              .map(e -> " (" + e.reason() + ")")
              .findFirst()
              .orElse("");
      notes.warn(
          names.target(source),
          "the data of " + source + " is not in the point" + why + "; its machine waits for it",
          "Provide a claim of that name before starting the machine.");
    }
  }

  private VolumeContent content(ObjectRef claim) {
    VolumeFacts facts = Optional.ofNullable(context.volumes().get(claim.name())).orElseThrow();
    return new VolumeContent(
        reader.volumeTree(claim.name()).orElseThrow().toString(),
        facts.volumeMode().equals("Block"),
        facts.sizeBytes(),
        facts.blockSizeBytes(),
        facts.digest(),
        renames(claim));
  }

  private List<EntryRename> renames(ObjectRef claim) {
    for (ClaimUse use : point.graph().claims()) {
      Optional<ObjectNode> machine = point.definition(use.machine());
      Optional<Manifest.MachineFacts> facts =
          Optional.ofNullable(context.machines().get(use.machine().name()));
      if (use.claim().equals(claim)
          && use.role() == ClaimRole.BACKEND_STORAGE
          && machine.isPresent()
          && facts.isPresent()) {
        ObjectNode after = RestoreRules.apply(machine.get(), context).object();
        return new FirmwareState(reader)
            .renames(claim.name(), use.machine(), machine.get(), after, facts.get());
      }
    }
    return List.of();
  }

  private void terminating() {
    ObjectRef namespace = ObjectRef.of(Kinds.NAMESPACE, "", targetNamespace);
    target
        .get(namespace)
        .filter(ns -> ns.path("status").path("phase").asText().equals("Terminating"))
        .ifPresent(_ ->
            notes.stop(
                FailureCode.PRECONDITION_FAILED,
                namespace,
                namespace + " is being deleted; nothing can be created in it",
                "Wait until it is gone (kubectl get ns), or restore with --to-namespace."));
  }

  private MissingRights checks(
      ChosenObjects chosen, List<RestoreAction> actions, boolean namespaceExists) {
    RightsCheck rights = new RightsCheck(new AskedRights(cluster), notes);
    MissingRights missing = rights.check(actions, targetNamespace, !namespaceExists);
    terminating();
    new StorageCheck(target, notes).check(actions);
    Set<ObjectRef> removed =
        actions.stream()
            .filter(a -> a instanceof RestoreAction.Remove)
            .map(RestoreAction::target)
            .collect(Collectors.toSet());
    new WaitingMachines(target, notes).check(actions, removed);
    new IdentityCheck(target, notes).check(actions, removed);
    new PrerequisiteCheck(point, names, target, notes)
        .check(actions, new HashSet<>(chosen.objects()));
    boolean makesNamespace = rights.mayCreate(ObjectRef.of(Kinds.NAMESPACE, "", targetNamespace));
    if (!namespaceExists && makesNamespace) {
      new NamespaceCheck(objects, notes)
          .check(TargetNamespace.object(targetNamespace, namespaceLabels()));
    }
    new DryRunCheck(objects, notes)
        .check(
            actions.stream().filter(a -> rights.mayCreate(a.target())).toList(), namespaceExists);
    return missing;
  }

  private List<PlannedMachine> machines(List<RestoreAction> actions) {
    PlannedMachines machines = new PlannedMachines(point, names, request.runStrategy());
    Set<ObjectRef> there = new HashSet<>();
    for (RestoreAction action : actions) {
      switch (action) {
        case RestoreAction.Create _, RestoreAction.Populate _, RestoreAction.Adopt _ ->
            there.add(action.target());
        case RestoreAction.Skip _, RestoreAction.Conflict _, RestoreAction.Remove _ -> {}
      }
    }
    return point.definitions().entrySet().stream()
        .filter(e -> e.getKey().kind().equals(Kinds.VIRTUAL_MACHINE.kind()))
        .filter(e -> there.contains(names.target(e.getKey())))
        .map(e -> machines.of(e.getKey(), e.getValue(), there))
        .toList();
  }

  /// Labels decide about pod security and address pools; a copy in another namespace gets those
  /// too, since its machines need the same.
  private Map<String, String> namespaceLabels() {
    Map<String, String> labels = new HashMap<>();
    ObjectRef captured = ObjectRef.of(Kinds.NAMESPACE, "", point.namespace());
    point
        .definition(captured)
        .ifPresent(ns ->
            ns.path("metadata")
                .path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText())));
    labels.remove("kubernetes.io/metadata.name");
    return labels;
  }

  private RuleContext context() {
    Set<String> dataVolumes = new HashSet<>();
    Set<String> succeeded = new HashSet<>();
    point
        .definitions()
        .forEach((ref, object) -> {
          if (ref.kind().equals(Kinds.DATA_VOLUME.kind())) {
            dataVolumes.add(ref.name());
            if (object.path("status").path("phase").asText().equals("Succeeded")) {
              succeeded.add(ref.name());
            }
          }
        });
    return new RuleContext(
        point.namespace(),
        targetNamespace,
        names.renames(),
        request.storageClasses(),
        request.newMac(),
        request.newFirmwareUuid(),
        byName(
            point.manifest().machines().stream()
                .filter(facts -> !facts.machine().kind().equals(Kinds.CLAIM.kind()))
                .toList(),
            facts -> facts.machine().name()),
        byName(point.manifest().volumes(), VolumeFacts::claim),
        succeeded,
        dataVolumes,
        mark,
        point.summary().name().value());
  }

  private static <T> Map<String, T> byName(List<T> facts, Function<T, String> name) {
    return facts.stream().collect(Collectors.toMap(name, f -> f, (first, _) -> first));
  }

  /// Removals first (machines before their volumes), then the stages.
  private static int rank(RestoreAction action) {
    int stage = RestoreStage.of(action.target()).map(Enum::ordinal).orElse(-1);
    return switch (action) {
      case RestoreAction.Remove _ -> -100 - stage;
      case RestoreAction.Create _,
          RestoreAction.Adopt _,
          RestoreAction.Populate _,
          RestoreAction.Conflict _ ->
          stage;
      case RestoreAction.Skip _ -> 1000 + stage;
    };
  }
}
