package io.firn.simulator.cdi;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.firn.simulator.storage.VolumeStore;
import java.time.InstantSource;
import java.util.function.Function;

/// What CDI's parts need. `connect` gives a client that acts as a user name; those users are to be
/// cluster admins.
public record CdiOptions(
    Function<String, KubernetesClient> connect, VolumeStore volumes, InstantSource clock) {}
