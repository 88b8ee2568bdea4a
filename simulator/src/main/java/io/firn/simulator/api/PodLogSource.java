package io.firn.simulator.api;

import java.util.Optional;

/// Where `pods/log` gets a container's output from: the kubelet. Thread-safe.
public interface PodLogSource {
  /// The log so far; empty where the container is not known or has not started.
  Optional<String> log(String namespace, String pod, String container);

  /// The same with the times of its lines; with `previous` that of the container's start before the
  /// last one.
  default Optional<PodLog> log(String namespace, String pod, String container, boolean previous) {
    return previous ? Optional.empty() : log(namespace, pod, container).map(PodLog::of);
  }
}
