package io.firn.simulator.guest;

import java.util.List;
import java.util.Optional;

/// One guest operating system on its disks. Modelled guests and QEMU machines stand behind this.
///
/// Thread-safe.
public interface Guest extends AutoCloseable {
  /// Boots: replays the journal, says on the console what it found, starts writing.
  void boot();

  /// Whether the agent's channel is connected.
  boolean agentConnected();

  /// Freezes the file systems through the agent: flushes, then blocks writers. Already frozen is
  /// fine.
  void freeze() throws AgentException;

  void thaw() throws AgentException;

  /// As the agent says: true while frozen. Fails without an agent.
  boolean frozen() throws AgentException;

  /// Stops and resumes the processor; nothing is flushed.
  void pause();

  void unpause();

  /// What the agent says of the guest: host name, OS, users, file systems.
  AgentFacts agentFacts() throws AgentException;

  /// The console so far, one line each.
  List<String> console();

  /// What the last check of the journal said; empty before the first boot.
  Optional<JournalReport> journal();

  /// Flushes and powers off.
  void shutdown();

  /// Pulls the plug: what is not flushed is lost.
  @Override
  void close();

  /// The agent did not do it; the text is what KubeVirt passes on.
  final class AgentException extends Exception {
    public AgentException(String message) {
      super(message);
    }
  }
}
