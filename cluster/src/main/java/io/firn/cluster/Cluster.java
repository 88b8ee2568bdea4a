package io.firn.cluster;

/// One cluster, as one user sees it. Nothing is asked of the server until a method of a part is
/// called.
///
/// Thread-safe. Errors are [ClusterException].
public interface Cluster extends AutoCloseable {
  ClusterIdentity identity();

  /// The version of Kubernetes, such as `v1.35.0`.
  String kubernetesVersion();

  /// The namespace of the kubeconfig's context; `default` where it names none.
  String defaultNamespace();

  ClusterObjects objects();

  Access access();

  Quiesce quiesce();

  VolumeSnapshots volumeSnapshots();

  MoverJobs moverJobs();

  @Override
  void close();
}
