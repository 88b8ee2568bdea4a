package io.firn.mover;

import io.firn.point.Backends;
import io.firn.repository.Password;
import io.firn.repository.TransferListener;

/// What runs inside a mover's pod (and can be run by hand on any file or device). Holds no
/// Kubernetes credentials.
///
/// Thread-safe. Failures are values: [MoverResult.Failed].
public final class Mover {
  private final Backends backends;

  public Mover(Backends backends) {
    this.backends = backends;
  }

  /// Does the task; never throws for what can go wrong with vault, volume or password.
  public MoverResult run(MoverTask task, Password password, TransferListener listener) {
    throw new UnsupportedOperationException(
        "stub " + task + password + listener.getClass() + backends);
  }
}
