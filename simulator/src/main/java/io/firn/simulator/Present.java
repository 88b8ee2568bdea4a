package io.firn.simulator;

/// Which parts of a cluster somebody else runs, so that the simulator leaves them out: Kubernetes'
/// own controllers, KubeVirt (all but its node agent), CDI (all but what its pods do), the snapshot
/// controller with its definitions.
record Present(boolean controllers, boolean kubeVirt, boolean cdi, boolean snapshots) {
  static final Present NOTHING = new Present(false, false, false, false);
}
