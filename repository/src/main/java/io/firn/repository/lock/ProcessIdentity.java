package io.firn.repository.lock;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Who this process is, to other users of a repository. In a pod the hostname is the pod's name.
/// `kernel` is the boot and the process-ID namespace in which `pid` counts: containers may share a
/// hostname, and a pid outlives no boot. Empty where it is not known, as in restic's locks.
public record ProcessIdentity(String hostname, String username, long pid, Optional<String> kernel) {
  private static final Path LINUX_HOSTNAME = Path.of("/proc/sys/kernel/hostname");
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path PROCESS_NAMESPACE = Path.of("/proc/self/ns/pid");

  public ProcessIdentity(String hostname, String username, long pid) {
    this(hostname, username, pid, Optional.empty());
  }

  public static ProcessIdentity current() {
    return new ProcessIdentity(
        host(),
        System.getProperty("user.name", "unknown"),
        ProcessHandle.current().pid(),
        thisKernel());
  }

  /// Whether that one's pid means the same process here as there.
  boolean sharesProcessesWith(ProcessIdentity other) {
    return kernel.isPresent() && kernel.equals(other.kernel) && hostname.equals(other.hostname);
  }

  private static Optional<String> thisKernel() {
    try {
      return Optional.of(
          Files.readString(BOOT).strip() + "/" + Files.readSymbolicLink(PROCESS_NAMESPACE));
    } catch (IOException elsewhere) {
      return Optional.empty();
    }
  }

  /// From the kernel where there is Linux: a name service could take seconds to answer.
  private static String host() {
    try {
      return Files.readString(LINUX_HOSTNAME).strip();
    } catch (IOException elsewhere) {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException unnamed) {
        return "localhost";
      }
    }
  }
}
