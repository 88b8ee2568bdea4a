package io.firn.simulator.api;

import java.nio.file.Path;
import java.time.InstantSource;

/// How to start the API server. `directory` takes the certificate; `port` 0 for any free one,
/// always on loopback.
public record ApiServerOptions(Path directory, int port, long seed, InstantSource clock) {}
