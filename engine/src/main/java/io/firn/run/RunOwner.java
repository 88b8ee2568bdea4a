package io.firn.run;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// The process that a run belongs to, as the annotation `firn.io/owner` says it:
/// `<host>|<pid>|<start, epoch milliseconds>`. `host` includes, where the kernel tells them, its
/// boot and the process-ID namespace, so that a pid is never compared with one of another world.
public record RunOwner(String host, long pid, long startedEpochMilli) {

  /// This process.
  public static RunOwner self() {
    ProcessHandle self = ProcessHandle.current();
    return new RunOwner(thisHost(), self.pid(), start(self));
  }

  /// Reads the annotation; empty where it is not one.
  public static Optional<RunOwner> parse(String text) {
    String[] parts = text.split("\\|", -1);
    if (parts.length != 3 || !parts[1].matches("\\d{1,18}") || !parts[2].matches("\\d{1,18}")) {
      return Optional.empty();
    }
    return Optional.of(new RunOwner(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2])));
  }

  /// The annotation's value.
  public String text() {
    return host + "|" + pid + "|" + startedEpochMilli;
  }

  /// Whether it is certain that the process has ended: it was on this host, and no process has its
  /// pid and start time any more. Of other hosts nothing is certain.
  public boolean isDead() {
    if (!host.equals(thisHost())) {
      return false;
    }
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> start(process) == startedEpochMilli)
        .isEmpty();
  }

  private static long start(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static String thisHost() {
    String name = kernel("hostname").or(RunOwner::nameByNetwork).orElse("unknown");
    String boot = kernel("random/boot_id").map(id -> "/" + id).orElse("");
    return name + boot + processNamespace();
  }

  private static Optional<String> kernel(String file) {
    try {
      return Optional.of(Files.readString(Path.of("/proc/sys/kernel", file)).strip());
    } catch (IOException _) {
      // Not Linux: the name has to do.
      return Optional.empty();
    }
  }

  private static Optional<String> nameByNetwork() {
    try {
      return Optional.of(InetAddress.getLocalHost().getHostName());
    } catch (IOException _) {
      // A machine without a name in the network is still a machine.
      return Optional.empty();
    }
  }

  private static String processNamespace() {
    try {
      return "/" + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException _) {
      // Not Linux, or not to be seen from here.
      return "";
    }
  }
}
