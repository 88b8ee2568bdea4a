package io.firn.simulator.guest;

import io.firn.simulator.guest.GuestSpec.GuestDisk;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A guest without a machine: a page cache per disk, a workload that commits records to all of them
/// in order, an agent. What it has not flushed is not on its disks.
final class ModelledGuest implements Guest {
  private static final String NO_AGENT =
      "virError(Code=86, Domain=10, Message='Guest agent is not responding: QEMU guest agent is"
          + " not connected')";
  private static final String SILENT =
      "virError(Code=86, Domain=10, Message='Guest agent is not responding: Guest agent not"
          + " available for now')";
  private static final String FREEZE_LOST =
      "virError(Code=1, Domain=10, Message='internal error: unable to execute QEMU agent command"
          + " 'guest-fsfreeze-thaw': couldn't hold writes: fsfreeze is limited up to 10 seconds:"
          + " ')";

  private final GuestSpec spec;
  private final Workload workload;
  private final GuestFaults faults;
  private final WriteGate gate = new WriteGate();
  private final Console console = new Console();
  private final List<CachedDisk> caches = new ArrayList<>();
  private final Random random;
  private volatile @Nullable JournalReport report;
  private volatile boolean agentSaysFrozen;
  private volatile @Nullable Thread writer;

  ModelledGuest(GuestSpec spec, Workload workload, GuestFaults faults) {
    this.spec = spec;
    this.workload = workload;
    this.faults = faults;
    this.random = new Random(Pages.mix(spec.seed()) ^ spec.uid().hashCode());
  }

  @Override
  public void boot() {
    console.print("booting " + spec.name());
    List<JournalBoot.Mounted> mounted = new ArrayList<>();
    for (GuestDisk disk : spec.disks()) {
      if (!disk.readOnly()) {
        CachedDisk cache = new CachedDisk(disk.file(), random, gate::powered);
        caches.add(cache);
        mounted.add(new JournalBoot.Mounted(PageSource.of(disk.file()), cache));
      }
    }
    JournalId newId = new JournalId(random.nextLong() | 1, random.nextLong());
    try {
      JournalBoot.Found found = new JournalBoot(mounted, newId, random).run();
      report = found.report();
      console.print("journal: " + verdict(found.report()));
      found.journal().ifPresent(this::startWriting);
    } catch (IOException e) {
      report = new JournalReport(false, 0, 0, "I/O error: " + e.getMessage());
      console.print("journal: cannot be read, I/O error: " + e.getMessage());
    }
    console.print(spec.name() + " login:");
  }

  private static String verdict(JournalReport report) {
    return (report.consistent() ? "consistent, " : "TORN, ") + report.explanation();
  }

  private void startWriting(Journal journal) {
    writer =
        Thread.ofVirtual()
            .name("guest-" + spec.namespace() + "/" + spec.name())
            .start(() -> write(journal));
  }

  private void write(Journal journal) {
    Duration pause = Duration.ofSeconds(1).dividedBy(workload.recordsPerSecond());
    try {
      while (journal.append(gate)) {
        if (random.nextInt(4) == 0) {
          gate.pass(caches.get(random.nextInt(caches.size()))::writeSomeBack);
        }
        gate.idle(pause);
      }
    } catch (IOException e) {
      console.print("I/O error, writing stopped: " + e.getMessage());
    }
  }

  @Override
  public boolean agentConnected() {
    return spec.agent() && gate.powered() && !faults.agentGone(spec.namespace(), spec.name());
  }

  private void requireAgent() throws AgentException {
    if (!agentConnected()) {
      throw new AgentException(NO_AGENT);
    }
    if (gate.paused()) {
      throw new AgentException(SILENT);
    }
  }

  @Override
  public void freeze() throws AgentException {
    requireAgent();
    synchronized (this) {
      if (agentSaysFrozen) {
        return;
      }
      try {
        long freeze = gate.freeze(this::flushAll);
        agentSaysFrozen = true;
        faults
            .freezeLimit(spec.namespace(), spec.name())
            .ifPresent(limit -> gate.thawAfter(freeze, limit));
      } catch (IOException e) {
        throw new AgentException("failed to freeze: I/O error: " + e.getMessage());
      }
    }
  }

  private void flushAll() throws IOException {
    for (CachedDisk disk : caches) {
      disk.flush();
    }
  }

  @Override
  public void thaw() throws AgentException {
    requireAgent();
    synchronized (this) {
      boolean lost = agentSaysFrozen && !gate.frozen();
      agentSaysFrozen = false;
      gate.thaw();
      if (lost) {
        throw new AgentException(FREEZE_LOST);
      }
    }
  }

  @Override
  public boolean frozen() throws AgentException {
    requireAgent();
    return agentSaysFrozen;
  }

  @Override
  public void pause() {
    gate.pause();
  }

  @Override
  public void unpause() {
    gate.unpause();
  }

  @Override
  public AgentFacts agentFacts() throws AgentException {
    requireAgent();
    List<AgentFacts.FileSystem> fileSystems = new ArrayList<>();
    for (int i = 0; i < spec.disks().size(); i++) {
      GuestDisk disk = spec.disks().get(i);
      String device = "vd" + (char) ('a' + i);
      String mountPoint = i == 0 ? "/" : "/mnt/" + disk.name();
      fileSystems.add(
          new AgentFacts.FileSystem(device, mountPoint, "ext4", used(disk), size(disk)));
    }
    return new AgentFacts(
        "8.2.2",
        spec.name(),
        "Debian GNU/Linux",
        "12 (bookworm)",
        "6.1.0-28-cloud-amd64",
        fileSystems);
  }

  private static long size(GuestDisk disk) {
    return disk.file().sizeBytes();
  }

  private static long used(GuestDisk disk) throws AgentException {
    try {
      return PageSource.of(disk.file()).data().stream()
          .mapToLong(io.firn.simulator.storage.DataExtents.Extent::lengthBytes)
          .sum();
    } catch (IOException e) {
      throw new AgentException("I/O error: " + e.getMessage());
    }
  }

  @Override
  public List<String> console() {
    return console.lines();
  }

  @Override
  public Optional<JournalReport> journal() {
    return Optional.ofNullable(report);
  }

  @Override
  public void shutdown() {
    if (!gate.powered()) {
      return;
    }
    try {
      gate.freeze(this::flushAll);
      console.print("reboot: Power down");
    } catch (IOException e) {
      console.print("I/O error while shutting down: " + e.getMessage());
    }
    close();
  }

  /// Waits for the write that is under way: nobody may touch the disks after this returns.
  @Override
  public void close() {
    gate.powerOff();
    Thread running = writer;
    if (running != null) {
      try {
        running.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
