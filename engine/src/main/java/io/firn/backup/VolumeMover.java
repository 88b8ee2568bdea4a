package io.firn.backup;

import io.firn.cluster.Cluster;
import io.firn.cluster.MoverJobs.MoverSpec;
import io.firn.failure.ExitCode;
import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectGraph;
import io.firn.graph.ObjectRef;
import io.firn.mover.MoverPod;
import io.firn.mover.MoverResult;
import io.firn.mover.MoverTask;
import io.firn.mover.MoverWatch;
import io.firn.point.Domain;
import io.firn.point.MoverAccess;
import io.firn.run.RunScope;
import io.firn.run.VaultSecret;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Carries one captured volume into the vault: a claim from its VolumeSnapshot, a mover's Job on
/// that claim, and afterwards none of the three.
///
/// Thread-safe.
final class VolumeMover {
  private final Cluster cluster;
  private final RunScope scope;
  private final BackupOptions options;
  private final MoverAccess access;
  private final Domain domain;
  private final ObjectGraph graph;
  private final BackupListener listener;

  VolumeMover(
      Cluster cluster,
      RunScope scope,
      BackupOptions options,
      MoverAccess access,
      Domain domain,
      ObjectGraph graph,
      BackupListener listener) {
    this.cluster = cluster;
    this.scope = scope;
    this.options = options;
    this.access = access;
    this.domain = domain;
    this.graph = graph;
    this.listener = listener;
  }

  MovedVolume move(CutVolume cut) {
    long begun = System.nanoTime();
    PlannedVolume volume = cut.volume();
    ObjectRef source = volume.claim();
    listener.step(BackupListener.Step.EXPORT, source.name());
    Consumer<String> told = text -> listener.step(BackupListener.Step.WAIT, text);
    long restoreSize =
        new VolumeCutter(cluster, scope, told).awaitReady(cut, options.readyDeadline());
    ObjectRef claim = createClaim(cut, Math.max(restoreSize, volume.capacityBytes()));
    ObjectRef job = startJob(claim, volume);
    MoverResult result =
        new MoverWatch(cluster, told)
            .follow(
                job,
                source.toString(),
                options.exportDeadline(),
                (done, total, stored) -> listener.progress(source, done, total, stored));
    scope.remove(job);
    scope.remove(claim);
    scope.remove(cut.snapshot());
    return switch (result) {
      case MoverResult.Exported exported ->
          new MovedVolume(cut, exported, Duration.ofNanos(System.nanoTime() - begun));
      case MoverResult.Populated _, MoverResult.Failed _ -> throw wrongResult(source);
    };
  }

  private ObjectRef createClaim(CutVolume cut, long sizeBytes) {
    PlannedVolume volume = cut.volume();
    ObjectRef ref =
        scope.note(ObjectRef.of(Kinds.CLAIM, volume.claim().namespace(), cut.snapshot().name()));
    cluster
        .objects()
        .create(ExportClaim.of(scope.marks(), volume, ref.name(), sizeBytes, graph), false);
    return ref;
  }

  private ObjectRef startJob(ObjectRef claim, PlannedVolume volume) {
    String secret = VaultSecret.refOf(scope.marks(), claim.namespace()).name();
    MoverPod pod =
        MoverPod.of(claim.namespace(), claim.name(), volume.block(), true, access, secret);
    MoverTask task =
        new MoverTask.Export(
            pod.volume(),
            pod.vault(),
            domain,
            options.blockSizeBytes(),
            options.workers(),
            options.compression(),
            volume.claim().namespace() + "/" + volume.claim().name(),
            Optional.empty());
    scope.note(ObjectRef.of(Kinds.JOB, claim.namespace(), claim.name()));
    return cluster
        .moverJobs()
        .start(
            new MoverSpec(
                claim.namespace(),
                claim.name(),
                options.mover(),
                pod.arguments(task),
                pod.mounts(),
                scope.marks().forMovers(),
                options.moverRetries(),
                ExitCode.FOR_GOOD,
                pod.serviceAccount()));
  }

  private static FirnException wrongResult(ObjectRef claim) {
    return new FirnException(
        new Failure(
            FailureCode.MOVER_FAILED,
            "The mover of " + claim + " did something else than to export it",
            "Check that the mover's image and this Firn are one version.",
            Map.of("claim", claim.toString()),
            false));
  }
}
