package io.firn.simulator.faults;

import io.firn.simulator.api.RequestFaults;
import io.firn.simulator.guest.GuestFaults;
import io.firn.simulator.kubelet.ProcessFaults;
import io.firn.simulator.storage.SnapshotFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The faults that are on in a running cluster. The first one that fits an occasion is used up by
/// one.
///
/// Thread-safe.
public final class ClusterFaults
    implements RequestFaults, GuestFaults, SnapshotFaults, ProcessFaults {
  private static final String OWN_PARTS = "system:";

  private final JumpingClock clock;
  private final List<Armed> armed = new ArrayList<>();

  /// A fault and how often it is still to happen.
  private static final class Armed {
    final Fault fault;
    int left;

    Armed(Fault fault) {
      this.fault = fault;
      this.left = fault.times();
    }
  }

  public ClusterFaults(JumpingClock clock) {
    this.clock = clock;
  }

  /// Switches a fault on; a clock jump happens at once.
  public synchronized void add(Fault fault) {
    if (fault instanceof Fault.ClockJump(Duration by)) {
      clock.jump(by);
    } else {
      armed.add(new Armed(fault));
    }
  }

  public void add(FaultScript script) {
    script.faults().forEach(this::add);
  }

  /// Switches every fault off. The clock stays where it is.
  public synchronized void clear() {
    armed.clear();
  }

  /// Whether every fault with a number of times has happened that often.
  public synchronized boolean exhausted() {
    return armed.stream().allMatch(one -> one.left == 0 || one.left == Fault.ALWAYS);
  }

  @Override
  public Verdict judge(String method, String path, String user) {
    if (user.startsWith(OWN_PARTS)) {
      return new Verdict.Pass();
    }
    return use(Fault.Request.class, one -> fits(one, method, path))
        .map(Fault.Request::verdict)
        .orElseGet(Verdict.Pass::new);
  }

  private static boolean fits(Fault.Request fault, String method, String path) {
    return (fault.method().isEmpty() || fault.method().equals(method))
        && path.contains(fault.path());
  }

  @Override
  public boolean agentGone(String namespace, String name) {
    return use(
            Fault.AgentGone.class,
            one -> matches(one.namespace(), namespace) && matches(one.guest(), name))
        .isPresent();
  }

  @Override
  public Optional<Duration> freezeLimit(String namespace, String name) {
    return use(
            Fault.FreezeLimit.class,
            one -> matches(one.namespace(), namespace) && matches(one.guest(), name))
        .map(Fault.FreezeLimit::limit);
  }

  @Override
  public Course judge(String namespace, String claim) {
    Optional<Fault.FailingSnapshot> failing =
        use(
            Fault.FailingSnapshot.class,
            one -> matches(one.namespace(), namespace) && matches(one.claim(), claim));
    if (failing.isPresent()) {
      return new Course(Duration.ZERO, Optional.of(failing.get().message()), READY);
    }
    return use(
            Fault.SlowSnapshot.class,
            one -> matches(one.namespace(), namespace) && matches(one.claim(), claim))
        .map(one -> new Course(one.delay(), Optional.empty(), one.untilReady()))
        .orElseGet(() -> new Course(Duration.ZERO, Optional.empty(), READY));
  }

  @Override
  public Optional<ProcessFault> processFault(String namespace, String pod, String container) {
    return use(
            Fault.PodProcess.class,
            one -> matches(one.namespace(), namespace) && matches(one.pod(), pod))
        .map(Fault.PodProcess::what);
  }

  private synchronized <F extends Fault> Optional<F> use(Class<F> kind, Predicate<F> fits) {
    for (Armed one : armed) {
      if (one.left > 0 && kind.isInstance(one.fault) && fits.test(kind.cast(one.fault))) {
        if (one.left != Fault.ALWAYS) {
          one.left--;
        }
        return Optional.of(kind.cast(one.fault));
      }
    }
    return Optional.empty();
  }

  static boolean matches(String pattern, String name) {
    return pattern.endsWith("*")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : pattern.equals(name);
  }
}
