package io.firn.cluster;

/// Which cluster this is. `name` is what a person calls it (the kubeconfig's cluster name), `uid`
/// is the UID of the `kube-system` namespace, or "" where it cannot be read.
public record ClusterIdentity(String name, String server, String uid) {}
