package io.firn.repository.lock;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Who this process is, to other users of a repository. In a pod the hostname is the pod's name.
public record ProcessIdentity(String hostname, String username, long pid) {
  private static final Path LINUX_HOSTNAME = Path.of("/proc/sys/kernel/hostname");

  public static ProcessIdentity current() {
    return new ProcessIdentity(
        host(), System.getProperty("user.name", "unknown"), ProcessHandle.current().pid());
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
