package io.firn.dist;

import io.firn.simulator.ControlPlane;

/// A control plane to put a cluster on, and what ends it. `end` may be called once.
record PlaneLease(ControlPlane plane, Runnable end) implements AutoCloseable {
  @Override
  public void close() {
    end.run();
  }
}
