package io.firn.cluster;

/// One cluster, as one user sees it. Nothing is asked of the server until a method of a part is
/// called.
///
/// Thread-safe. Errors are [ClusterException].
public interface Cluster extends AutoCloseable {
  ClusterIdentity identity();

  ClusterObjects objects();

  Quiesce quiesce();

  VolumeSnapshots volumeSnapshots();

  MoverJobs moverJobs();

  @Override
  void close();
}
