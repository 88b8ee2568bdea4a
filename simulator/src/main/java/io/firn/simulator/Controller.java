package io.firn.simulator;

/// Something that watches the API server and acts, through the API only. Each can be left out by
/// name, so that a real one can take its place.
public interface Controller extends AutoCloseable {
  /// `virt-controller`, `virt-handler`, `cdi`, `csi-provisioner`, `csi-snapshotter`, `kubelet`,
  /// `kube-scheduler` or `job-controller`.
  String name();

  void start();

  @Override
  void close();
}
