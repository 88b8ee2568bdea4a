package io.firn.simulator.guest;

import java.time.Duration;
import java.util.Optional;

/// What is wrong with guests' agents at the moment. Thread-safe.
public interface GuestFaults {
  GuestFaults NONE =
      new GuestFaults() {
        @Override
        public boolean agentGone(String namespace, String name) {
          return false;
        }

        @Override
        public Optional<Duration> freezeLimit(String namespace, String name) {
          return Optional.empty();
        }
      };

  /// Whether the agent does not answer and its channel is closed.
  boolean agentGone(String namespace, String name);

  /// How long a freeze lasts before the guest ends it by itself, as Windows' VSS does after about
  /// ten seconds; empty for a guest that stays frozen.
  Optional<Duration> freezeLimit(String namespace, String name);
}
