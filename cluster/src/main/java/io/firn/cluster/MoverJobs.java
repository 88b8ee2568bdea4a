package io.firn.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.ObjectRef;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Runs movers as Kubernetes Jobs.
///
/// Thread-safe. Errors are [ClusterException].
public interface MoverJobs {
  /// Creates the Job; one pod, no API token mounted, retried by the Job controller `retries` times,
  /// but not after an exit code that is final. A pod that the cluster itself puts an end to is
  /// replaced and not counted.
  ObjectRef start(MoverSpec spec);

  /// What [#start] would make, and a pod as the Job would make one: to be tried on the server,
  /// since a Job is admitted whose pods are refused.
  Manifests manifests(MoverSpec spec);

  State state(ObjectRef job);

  /// The log so far of the Job's newest pod, or "".
  String log(ObjectRef job);

  /// Deletes Job and pods; absent is fine.
  void delete(ObjectRef job);

  /// A Job and a pod of it.
  record Manifests(ObjectNode job, ObjectNode pod) {}

  /// How far a Job is.
  sealed interface State {
    /// No pod has begun; `reason` says what it waits for (scheduling, volumes, image), or "".
    record Waiting(String reason) implements State {}

    record Running() implements State {}

    /// Done; `result` is the termination message of the pod.
    record Succeeded(String result) implements State {}

    /// Given up. `reason` is what Kubernetes says (`OOMKilled`, `Evicted`, `Error`, …), `result`
    /// the termination message where one was written.
    record Failed(String reason, int exitCode, Optional<String> result) implements State {}
  }

  /// Everything that Firn attaches to a mover. `serviceAccount` is for its role in object storage;
  /// the pod gets no token of the API server either way. `template` is what the user wants besides.
  record MoverSpec(
      String namespace,
      String name,
      MoverTemplate template,
      List<String> arguments,
      List<Mount> mounts,
      RunLabels labels,
      int retries,
      Set<Integer> finalExitCodes,
      Optional<String> serviceAccount) {
    public MoverSpec {
      finalExitCodes = Set.copyOf(finalExitCodes);
      arguments = List.copyOf(arguments);
      mounts = List.copyOf(mounts);
    }
  }

  /// One thing mounted into the mover's pod at `path`.
  sealed interface Mount {
    String path();

    /// A claim in Filesystem mode, as a folder.
    record Folder(String path, String claim, boolean readOnly) implements Mount {}

    /// A claim in Block mode, as a device.
    record Device(String path, String claim) implements Mount {}

    /// A Secret, each key a file.
    record SecretFiles(String path, String secret) implements Mount {}

    /// A folder of the node (`file:` vaults). Whose it is, Firn cannot know: such movers are root.
    record HostPath(String path, String hostPath) implements Mount {}

    record Nfs(String path, String server, String export) implements Mount {}
  }

  /// Marks of everything temporary: `firn.io/run`, when it may be removed by anybody
  /// (`firn.io/expires`, epoch seconds), and the process it belongs to (`firn.io/owner`), so that
  /// it can be told dead by itself, whatever became of the run's other objects.
  record RunLabels(String run, long expiresEpochSecond, String owner) {}
}
