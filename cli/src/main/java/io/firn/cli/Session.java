package io.firn.cli;

import io.firn.point.Backends;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The world that commands see: where to print, what the environment says, how to reach clusters
/// and vaults, which time it is. `name` is how the user called the program.
public record Session(
    String name,
    Terminal terminal,
    Map<String, String> environment,
    ClusterConnector clusters,
    Backends backends,
    InstantSource clock,
    RandomGenerator random) {
  public Session {
    environment = Map.copyOf(environment);
  }
}
