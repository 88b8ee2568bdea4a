package io.firn.simulator.faults;

import io.firn.simulator.api.RequestFaults.Verdict;
import io.firn.simulator.kubelet.ProcessFaults.ProcessFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Faults to be switched on together.
public record FaultScript(List<Fault> faults) {
  public FaultScript {
    faults = List.copyOf(faults);
  }

  public static FaultScript of(Fault... faults) {
    return new FaultScript(List.of(faults));
  }

  /// Between one and four faults that a backup or restore in a namespace has to survive or report;
  /// the same seed gives the same ones. None lasts for ever, so trying again ends well.
  public static FaultScript fromSeed(long seed, String namespace) {
    Random random = new Random(seed);
    List<Fault> faults = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      faults.add(one(random, namespace));
    }
    return new FaultScript(faults);
  }

  private static Fault one(Random random, String namespace) {
    int times = 1 + random.nextInt(3);
    Duration delay = Duration.ofMillis(100 + random.nextInt(1500));
    return switch (random.nextInt(8)) {
      case 0 -> new Fault.SlowSnapshot(namespace, "*", delay, delay, times);
      case 1 -> new Fault.FailingSnapshot(namespace, "*", "backend busy", times);
      case 2 -> process(namespace, new ProcessFault.Kill(random.nextInt(200)));
      case 3 -> process(namespace, new ProcessFault.OutOfMemory(random.nextInt(200)));
      case 4 -> process(namespace, new ProcessFault.Evict(random.nextInt(200)));
      case 5 -> request(new Verdict.Refuse(429, "too many requests", 1), times);
      case 6 -> request(new Verdict.Refuse(500, "etcdserver: request timed out", 0), times);
      default -> request(new Verdict.Cut(random.nextBoolean()), times);
    };
  }

  private static Fault process(String namespace, ProcessFault what) {
    return new Fault.PodProcess(namespace, "*", what, 1);
  }

  private static Fault request(Verdict verdict, int times) {
    return new Fault.Request("", "/api", verdict, times);
  }
}
