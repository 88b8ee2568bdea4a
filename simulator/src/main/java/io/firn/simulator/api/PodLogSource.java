package io.firn.simulator.api;

import java.util.Optional;

/// Where the API server gets pod logs from (`kubectl logs`): the kubelet. Thread-safe.
public interface PodLogSource {
  /// The log of a container so far; `container` "" for the first one; empty where there is none.
  Optional<String> log(String namespace, String pod, String container);
}
