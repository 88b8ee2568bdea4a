package io.firn.repository.lock;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;

/// Restic asks whether the owner of a lock lives by sending SIGHUP to its PID (its
/// `internal/restic/lock_unix.go`), and ignores that signal itself. A JVM ends when it gets one, so
/// `restic unlock` on the same host would kill a backup: whoever holds a lock must not listen.
final class HangupSignal {
  private HangupSignal() {}

  /// From here on the process does not end on SIGHUP. Child processes start with the default again.
  static void ignore() {
    Ignored.once();
  }

  /// The class is loaded, and the handler thus set, at the first lock. By reflection, because the
  /// compiler has a warning for the supported but internal `sun.misc` that no annotation silences.
  private static final class Ignored {
    static {
      try {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object silence =
            MethodHandleProxies.asInterfaceInstance(
                handler, MethodHandles.empty(methodType(void.class, signal)));
        signal
            .getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), silence);
      } catch (ReflectiveOperationException | IllegalArgumentException e) {
        System.getLogger(HangupSignal.class.getName())
            .log(
                System.Logger.Level.DEBUG,
                "SIGHUP stays as it is: no such signal here, or the JVM runs with -Xrs",
                e);
      }
    }

    static void once() {}
  }
}
