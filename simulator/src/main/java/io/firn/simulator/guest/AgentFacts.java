package io.firn.simulator.guest;

import java.util.List;

/// What the guest agent knows.
public record AgentFacts(
    String agentVersion,
    String hostname,
    String osName,
    String osVersion,
    String kernel,
    List<FileSystem> fileSystems) {
  public AgentFacts {
    fileSystems = List.copyOf(fileSystems);
  }

  /// A mounted file system; sizes in bytes.
  public record FileSystem(
      String disk, String mountPoint, String type, long usedBytes, long totalBytes) {}
}
