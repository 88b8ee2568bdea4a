package io.firn.mover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.Cluster;
import io.firn.cluster.ClusterException;
import io.firn.cluster.MoverJobs;
import io.firn.failure.ExitCode;
import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.repository.TransferListener;
import io.firn.run.LongWait;
import io.firn.run.ObjectEvents;
import io.firn.run.Parallel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Follows a mover's Job to its end: progress on the way, then its result.
///
/// Thread-safe. Interrupting the thread ends it with `INTERRUPTED`. Errors of the cluster are
/// [ClusterException]; the Job itself is left for its owner to remove.
public final class MoverWatch {
  private static final Duration PACE = Duration.ofSeconds(1);

  /// A pull may be tried again and a quota be raised meanwhile; after that nothing will come of it.
  private static final Duration STUCK = Duration.ofSeconds(20);

  private final Cluster cluster;
  private final Consumer<String> told;
  private final Duration pace;

  /// `told` hears why a mover does not start.
  public MoverWatch(Cluster cluster, Consumer<String> told) {
    this(cluster, told, LongWait.PACE);
  }

  MoverWatch(Cluster cluster, Consumer<String> told, Duration pace) {
    this.cluster = cluster;
    this.told = told;
    this.pace = pace;
  }

  /// Waits until the Job is over, at most so long. `about` names the volume in messages. A mover
  /// that failed is a [FirnException] with the mover's own code, or `MOVER_FAILED`.
  public MoverResult follow(
      ObjectRef job, String about, Duration atMost, TransferListener listener) {
    // Monotonic: a clock that jumps must neither end nor prolong a wait.
    long begun = System.nanoTime();
    long stuckSince = -1;
    LongWait wait =
        new LongWait(
            "the mover of " + about + " to start",
            () -> concerned(job),
            new ObjectEvents(cluster.objects()),
            told,
            pace);
    while (true) {
      MoverJobs.State state = cluster.moverJobs().state(job);
      switch (state) {
        case MoverJobs.State.Succeeded(String result) -> {
          MoverResult moved = succeeded(MoverResultJson.read(result), about);
          end(moved, listener);
          return moved;
        }
        case MoverJobs.State.Failed failed -> throw failure(failed, about);
        case MoverJobs.State.Running() -> {
          stuckSince = -1;
          report(job, listener);
        }
        case MoverJobs.State.Waiting(String reason) -> {
          stuckSince = !hopeless(reason) ? -1 : stuckSince < 0 ? System.nanoTime() : stuckSince;
          if (stuckSince >= 0 && since(stuckSince).compareTo(STUCK) > 0) {
            throw stuck(about, reason);
          }
          wait.goesOn(reason);
        }
      }
      if (since(begun).compareTo(atMost) > 0) {
        throw late(about, atMost, state, wait);
      }
      rest(job);
    }
  }

  /// The Job, and the claims that its pod mounts: the pod waits for them.
  private List<ObjectRef> concerned(ObjectRef job) {
    List<ObjectRef> concerned = new ArrayList<>(List.of(job));
    cluster
        .objects()
        .get(job)
        .ifPresent(found ->
            found
                .at("/spec/template/spec/volumes")
                .forEach(volume -> {
                  String claim = volume.at("/persistentVolumeClaim/claimName").asText("");
                  if (!claim.isEmpty()) {
                    concerned.add(ObjectRef.of(Kinds.CLAIM, job.namespace(), claim));
                  }
                }));
    return concerned;
  }

  private void rest(ObjectRef job) {
    try {
      cluster.objects().await(job, MoverWatch::over, PACE);
    } catch (ClusterException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw Parallel.interrupted(e);
      }
      if (e.code() != ClusterException.Code.TIMEOUT) {
        throw e;
      }
      // Not over yet, which is what was asked.
    }
  }

  /// The line that says that all is done waits for the result, which alone has the last figure: a
  /// mover's workers end out of order, and what they have written is not told in one step with it.
  private void report(ObjectRef job, TransferListener listener) {
    ProgressLines.last(cluster.moverJobs().log(job))
        .filter(p -> p.done() < p.total())
        .ifPresent(p -> listener.progress(p.done(), p.total(), p.stored()));
  }

  private static void end(MoverResult moved, TransferListener listener) {
    switch (moved) {
      case MoverResult.Exported exported ->
          listener.progress(exported.sizeBytes(), exported.sizeBytes(), exported.bytesStored());
      case MoverResult.Populated populated ->
          listener.progress(populated.sizeBytes(), populated.sizeBytes(), populated.bytesWritten());
      case MoverResult.Failed _ -> {}
    }
  }

  private static boolean over(Optional<ObjectNode> job) {
    if (job.isEmpty()) {
      return true;
    }
    for (JsonNode condition : job.get().at("/status/conditions")) {
      String type = condition.path("type").asText();
      if ((type.equals("Complete") || type.equals("Failed"))
          && condition.path("status").asText().equals("True")) {
        return true;
      }
    }
    return false;
  }

  private static boolean hopeless(String reason) {
    return reason.startsWith("ImagePullBackOff")
        || reason.startsWith("ErrImagePull")
        || reason.startsWith("InvalidImageName")
        || reason.startsWith("CreateContainerConfigError")
        || reason.startsWith("FailedCreate");
  }

  private static MoverResult succeeded(MoverResult result, String about) {
    return switch (result) {
      case MoverResult.Exported exported -> exported;
      case MoverResult.Populated populated -> populated;
      case MoverResult.Failed(Failure failure) -> throw of(failure, about);
    };
  }

  private static FirnException failure(MoverJobs.State.Failed failed, String about) {
    if (failed.result().isPresent()
        && MoverResultJson.read(failed.result().get())
            instanceof MoverResult.Failed(Failure failure)
        && failure.code() != FailureCode.INTERRUPTED
        && failed.result().get().startsWith("{")) {
      return of(failure, about);
    }
    return failed.exitCode() == ExitCode.USAGE ? misunderstood(about) : ended(failed, about);
  }

  /// It fails before there is a place for its result.
  private static FirnException misunderstood(String about) {
    return mover(
        about,
        "did not understand what it was asked to do (exit code %d)".formatted(ExitCode.USAGE),
        "Check that the mover's image (--mover-image) and this Firn are one version.",
        false);
  }

  private static FirnException ended(MoverJobs.State.Failed failed, String about) {
    return mover(
        about,
        "was ended by Kubernetes, on the last try too: "
            + failed.reason()
            + (failed.exitCode() >= 0 ? " (exit code " + failed.exitCode() + ")" : ""),
        switch (failed.reason()) {
          case "OOMKilled" ->
              "Raise its memory limit (768Mi where nothing else is said): --mover-memory 1Gi, or"
                  + " resources in --mover-template.";
          case "Evicted" -> "Look at the node's memory and disk pressure, then try again.";
          default -> "Look at the events of the namespace (kubectl get events), then try again.";
        },
        true);
  }

  private static FirnException of(Failure failure, String about) {
    return new FirnException(
        new Failure(
            failure.code(),
            "The mover of " + about + " failed: " + failure.summary(),
            failure.guidance(),
            Map.of("volume", about),
            failure.retryable()));
  }

  private static FirnException stuck(String about, String reason) {
    return mover(
        about,
        "cannot start: " + reason,
        "Check the mover's image, and the quota and policies of the namespace.",
        true);
  }

  private static FirnException late(
      String about, Duration atMost, MoverJobs.State state, LongWait wait) {
    String now =
        switch (state) {
          case MoverJobs.State.Waiting(String reason) -> {
            String cause = wait.cause(reason);
            yield "it waits" + (cause.isEmpty() ? "" : " for: " + cause);
          }
          case MoverJobs.State.Running _ -> "it still runs";
          case MoverJobs.State.Succeeded _, MoverJobs.State.Failed _ -> "it is over";
        };
    return mover(
        about,
        "was not done after " + atMost.toMinutes() + " min: " + now,
        "Look at its pod (kubectl describe), then try again.",
        true);
  }

  private static FirnException mover(
      String about, String what, String guidance, boolean retryable) {
    return new FirnException(
        new Failure(
            FailureCode.MOVER_FAILED,
            "The mover of " + about + " " + what,
            guidance,
            Map.of("volume", about),
            retryable));
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
