package io.firn.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.Cluster;
import io.firn.cluster.MoverJobs.Manifests;
import io.firn.failure.FirnException;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.mover.MoverPod;
import io.firn.point.MoverAccess;
import io.firn.repository.Password;
import io.firn.run.Parallel;
import io.firn.run.RunMarks;
import io.firn.run.VaultSecret;
import io.firn.trial.MoverPlan;
import io.firn.trial.Objection;
import io.firn.trial.QuotaRoom;
import io.firn.trial.ServerTrial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lets the API server try everything temporary that a backup will make in a namespace, before a
/// guest is frozen for a run that cannot end well. For one thread and one plan.
final class TemporaryCheck {
  private static final int AT_ONCE = 8;

  private final Cluster cluster;
  private final BackupOptions options;
  private final Findings findings;
  private final ServerTrial trial;
  private final MoverPlan movers;
  private final RunMarks marks;

  /// `access` is how movers reach the vault, where one was named.
  TemporaryCheck(
      Cluster cluster,
      BackupOptions options,
      Optional<MoverAccess> access,
      Findings findings,
      Instant now) {
    this.cluster = cluster;
    this.options = options;
    this.findings = findings;
    this.trial = new ServerTrial(cluster.objects());
    this.marks =
        new RunMarks(
            "plan-" + now.getEpochSecond(), now.plus(options.exportDeadline()).getEpochSecond());
    this.movers =
        new MoverPlan(cluster.moverJobs(), marks, options.mover(), options.moverRetries(), access);
  }

  void check(String namespace, List<NamespacePlan> plans) {
    List<Temporary> all = temporaries(plans);
    if (all.isEmpty()) {
      return;
    }
    List<ObjectNode> objects = new ArrayList<>(List.of(secret(namespace)));
    all.forEach(t -> objects.addAll(List.of(t.snapshot(), t.claim())));
    report(Parallel.map(objects, AT_ONCE, trial::of).stream().flatMap(List::stream).toList());
    movers(namespace, all);
  }

  /// What one volume needs.
  private record Temporary(PlannedVolume volume, ObjectNode snapshot, ObjectNode claim) {}

  private List<Temporary> temporaries(List<NamespacePlan> plans) {
    List<Temporary> all = new ArrayList<>();
    for (NamespacePlan plan : plans) {
      for (PlannedVolume volume : plan.volumes()) {
        String name = "firn-" + marks.run() + "-" + all.size();
        long size = Math.max(volume.requestBytes(), volume.capacityBytes());
        all.add(
            new Temporary(
                volume,
                cluster
                    .volumeSnapshots()
                    .manifest(name, volume.claim(), volume.snapshotClass(), marks.labels()),
                ExportClaim.of(marks, volume, name, size, plan.graph())));
      }
    }
    return all;
  }

  /// Its content is nobody's password.
  private ObjectNode secret(String namespace) {
    try (Password none = new Password("none".toCharArray())) {
      return VaultSecret.objectFor(marks, namespace, MoverPod.PASSWORD_KEY, none, List.of());
    }
  }

  /// One of each volume mode: the others differ in the name of their claim alone.
  private void movers(String namespace, List<Temporary> all) {
    Map<Boolean, Temporary> byMode = new LinkedHashMap<>();
    all.forEach(t -> byMode.putIfAbsent(t.volume().block(), t));
    Optional<ObjectNode> admitted = Optional.empty();
    for (Temporary one : byMode.values()) {
      try {
        ServerTrial.Mover outcome = trial.of(mover(namespace, one));
        report(outcome.objections());
        admitted = admitted.or(outcome::admitted);
      } catch (FirnException e) {
        findings.stop(
            e.failure().code(),
            one.volume().claim(),
            e.failure().summary(),
            e.failure().guidance());
      }
    }
    admitted.ifPresent(pod -> room(namespace, pod, all));
  }

  private Manifests mover(String namespace, Temporary one) {
    String claim = ObjectRef.of(one.claim()).name();
    return movers.mover(namespace, claim, one.volume().block(), true);
  }

  private void room(String namespace, ObjectNode pod, List<Temporary> all) {
    int atOnce = Math.min(options.parallelMovers(), all.size());
    List<ObjectNode> claims =
        all.stream()
            .sorted(
                Comparator.comparingLong((Temporary t) -> t.volume().capacityBytes()).reversed())
            .limit(atOnce)
            .map(Temporary::claim)
            .toList();
    Map<String, Integer> counts = new HashMap<>();
    counts.put("secrets", 1);
    counts.put("count/secrets", 1);
    counts.put(
        "count/" + Kinds.VOLUME_SNAPSHOT.plural() + "." + Kinds.VOLUME_SNAPSHOT.apiGroup(),
        all.size());
    report(
        new QuotaRoom(cluster.objects())
            .check(namespace, new QuotaRoom.Demand(atOnce, pod, claims, counts)));
  }

  private void report(List<Objection> objections) {
    for (Objection o : objections) {
      switch (o.weight()) {
        case NOTE -> findings.note(o.about(), o.message());
        case WARNING -> findings.warn(o.about(), o.message(), o.nextStep());
        case STOP -> findings.stop(o.code(), o.about(), o.message(), o.nextStep());
      }
    }
  }
}
