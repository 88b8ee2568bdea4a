package io.firn.simulator.kubevirt;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.firn.simulator.guest.GuestFactory;
import io.firn.simulator.storage.VolumeStore;
import java.time.InstantSource;
import java.util.function.Function;

/// What KubeVirt's parts need. `connect` gives a client that acts as a user name (each of
/// KubeVirt's own service accounts is asked for once); those users are to be cluster admins.
public record KubeVirtOptions(
    Function<String, KubernetesClient> connect,
    VolumeStore volumes,
    GuestFactory guests,
    InstantSource clock,
    long seed) {}
