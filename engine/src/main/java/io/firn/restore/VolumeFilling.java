package io.firn.restore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.Cluster;
import io.firn.cluster.ClusterObjects;
import io.firn.cluster.ClusterObjects.Propagation;
import io.firn.cluster.MoverJobs.MoverSpec;
import io.firn.failure.ExitCode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.mover.MoverPod;
import io.firn.mover.MoverResult;
import io.firn.mover.MoverTask;
import io.firn.mover.MoverWatch;
import io.firn.point.Domain;
import io.firn.point.MoverAccess;
import io.firn.repository.TreeId;
import io.firn.restore.RestoreAction.Populate;
import io.firn.restore.RestoreAction.VolumeContent;
import io.firn.restore.RestoreReport.VolumeReport;
import io.firn.run.Awaiting;
import io.firn.run.RunMarks;
import io.firn.run.RunScope;
import io.firn.run.VaultSecret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Fills claims: one mover each, its result compared with what was captured, and only then the mark
/// that the claim is complete.
///
/// Thread-safe.
final class VolumeFilling {
  private static final String NO_DISK = "folder";

  private final Cluster cluster;
  private final Making making;
  private final RunScope scope;
  private final RestoreOptions options;
  private final MoverAccess access;
  private final Domain domain;
  private final InstantSource clock;

  VolumeFilling(
      Cluster cluster,
      Making making,
      RunScope scope,
      RestoreOptions options,
      MoverAccess access,
      Domain domain,
      InstantSource clock) {
    this.cluster = cluster;
    this.making = making;
    this.scope = scope;
    this.options = options;
    this.access = access;
    this.domain = domain;
    this.clock = clock;
  }

  /// Creates the claim where it is not there, and fills it from `folder`.
  VolumeReport fill(Populate action, TreeId folder, int number, RestoreListener listener) {
    Instant begun = clock.instant();
    ObjectRef claim = action.target();
    if (!action.existing()) {
      making.create(action.object());
    }
    Consumer<String> told = text -> listener.step(RestoreListener.Step.WAIT, text);
    Awaiting waits = new Awaiting(cluster.objects(), told);
    dismissOldMovers(claim, waits);
    ObjectRef job = start(action, folder, number);
    MoverResult result =
        new MoverWatch(cluster, told)
            .follow(
                job,
                claim.toString(),
                options.populateDeadline(),
                (done, total, stored) -> listener.progress(claim, done, total, stored));
    VolumeReport report =
        switch (result) {
          case MoverResult.Populated populated -> verified(action, populated, begun);
          case MoverResult.Exported _, MoverResult.Failed _ ->
              throw RestoreFailures.unexpected(claim);
        };
    dismiss(job, waits);
    String digest = action.content().digest();
    making.annotate(
        claim, ClaimFilling.POPULATED, Optional.of(digest.isEmpty() ? NO_DISK : digest));
    return report;
  }

  private ObjectRef start(Populate action, TreeId folder, int number) {
    ObjectRef claim = action.target();
    VolumeContent content = action.content();
    RunMarks marks = scope.marks();
    String name = "firn-" + marks.run() + "-" + number;
    MoverPod pod =
        MoverPod.of(
            claim.namespace(),
            claim.name(),
            content.block(),
            false,
            access,
            VaultSecret.refOf(marks, claim.namespace()).name());
    MoverTask task =
        new MoverTask.Populate(
            pod.vault(), domain, folder, pod.volume(), content.blockSizeBytes(), options.workers());
    scope.note(ObjectRef.of(Kinds.JOB, claim.namespace(), name));
    return cluster
        .moverJobs()
        .start(
            new MoverSpec(
                claim.namespace(),
                name,
                options.mover(),
                pod.arguments(task),
                pod.mounts(),
                marks.forMovers(),
                options.moverRetries(),
                ExitCode.FOR_GOOD,
                pod.serviceAccount()));
  }

  private VolumeReport verified(Populate action, MoverResult.Populated populated, Instant begun) {
    String captured = action.content().digest();
    if (!captured.isEmpty() && !captured.equals(populated.digest())) {
      throw RestoreFailures.wrongData(action.target(), populated.digest(), captured);
    }
    return new VolumeReport(
        action.target(),
        populated.sizeBytes(),
        populated.bytesWritten(),
        populated.digest(),
        populated.damagedPacks(),
        Duration.between(begun, clock.instant()));
  }

  /// A mover that outlived its killed run may still be writing; two of them must not.
  private void dismissOldMovers(ObjectRef claim, Awaiting waits) {
    ClusterObjects objects = cluster.objects();
    for (ObjectNode job : objects.list(Kinds.JOB, claim.namespace(), RunMarks.SELECTOR)) {
      if (mounts(job, claim.name())) {
        ObjectRef ref = ObjectRef.of(job);
        objects.delete(ref, Propagation.FOREGROUND, Optional.empty());
        waits.awaitGone(ref, options.objectDeadline());
      }
    }
    for (ObjectNode pod : objects.list(Kinds.POD, claim.namespace(), RunMarks.SELECTOR)) {
      if (mountsPod(pod.path("spec"), claim.name())) {
        waits.awaitGone(ObjectRef.of(pod), options.objectDeadline());
      }
    }
  }

  /// Gone before the claim is handed on: a claim in use is not deleted, and a machine with a
  /// ReadWriteOncePod volume does not start beside it.
  private void dismiss(ObjectRef job, Awaiting waits) {
    cluster.objects().delete(job, Propagation.FOREGROUND, Optional.empty());
    waits.awaitGone(job, options.objectDeadline());
  }

  private static boolean mounts(JsonNode job, String claim) {
    return mountsPod(job.path("spec").path("template").path("spec"), claim);
  }

  private static boolean mountsPod(JsonNode podSpec, String claim) {
    for (JsonNode volume : podSpec.path("volumes")) {
      if (volume.path("persistentVolumeClaim").path("claimName").asText().equals(claim)) {
        return true;
      }
    }
    return false;
  }

  /// How many are filled at once.
  static int parallel(RestoreOptions options, List<Populate> actions) {
    return Math.max(1, Math.min(options.parallelMovers(), actions.size()));
  }
}
