package io.firn.simulator.kubevirt;

import io.firn.simulator.guest.Guest;
import io.firn.simulator.guest.Guest.AgentException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A guest in its launcher: freezing with the safety timer, pause, and how it ended. What the
/// launcher itself prints comes before the guest's console.
///
/// Thread-safe.
final class RunningGuest {
  /// What became of the guest.
  enum State {
    RUNNING,
    SHUT_DOWN,
    CRASHED
  }

  private final String namespace;
  private final String name;
  private final String uid;
  private final String pod;
  private final Guest guest;
  private final List<String> launcherLines;
  private final Watchdog watchdog = new Watchdog();
  private State state = State.RUNNING;
  private boolean paused;
  private boolean frozen;
  private boolean endTold;

  RunningGuest(
      String namespace,
      String name,
      String uid,
      String pod,
      Guest guest,
      List<String> launcherLines) {
    this.namespace = namespace;
    this.name = name;
    this.uid = uid;
    this.pod = pod;
    this.guest = guest;
    this.launcherLines = List.copyOf(launcherLines);
  }

  String namespace() {
    return namespace;
  }

  String name() {
    return name;
  }

  String uid() {
    return uid;
  }

  String pod() {
    return pod;
  }

  Guest guest() {
    return guest;
  }

  synchronized State state() {
    return state;
  }

  boolean alive() {
    return state() == State.RUNNING;
  }

  synchronized boolean paused() {
    return paused;
  }

  /// What the last poll of the agent said; lags behind the guest.
  synchronized boolean frozenAsPolled() {
    return frozen;
  }

  String consoleText() {
    List<String> lines = new ArrayList<>(launcherLines);
    lines.addAll(guest.console());
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  /// Freezes; a guest that is frozen already stays so and keeps its timer.
  synchronized void freeze(Duration timeout, Instant now) throws AgentException {
    requireRunningProcessor();
    if (guest.frozen()) {
      return;
    }
    guest.freeze();
    watchdog.arm(now, timeout);
  }

  /// Thaws; a guest that is not frozen is left alone.
  synchronized void thaw() throws AgentException {
    watchdog.cancel();
    if (!saysThawed()) {
      guest.thaw();
    }
  }

  private boolean saysThawed() {
    try {
      return !guest.frozen();
    } catch (AgentException e) {
      // Not knowing is no reason to leave a guest frozen: try the thaw.
      return false;
    }
  }

  private void requireRunningProcessor() throws AgentException {
    if (paused) {
      throw new AgentException(
          "Requested operation is not valid: domain is paused, Guest agent not available for now");
    }
  }

  /// Thaws when the safety timer has run out; true if it did.
  synchronized boolean watch(Instant now) {
    if (state != State.RUNNING || !watchdog.expired(now)) {
      return false;
    }
    try {
      guest.thaw();
    } catch (AgentException e) {
      // The timer tries once more at the next look.
      watchdog.arm(now, Duration.ofSeconds(1));
    }
    return true;
  }

  /// Asks the agent whether the guest is frozen, as the node agent does every few seconds.
  synchronized void poll() {
    try {
      frozen = state == State.RUNNING && !paused && guest.agentConnected() && guest.frozen();
    } catch (AgentException e) {
      frozen = false;
    }
  }

  synchronized void pause() {
    guest.pause();
    paused = true;
  }

  synchronized void unpause() {
    guest.unpause();
    paused = false;
  }

  /// Whether the guest has ended since the last time that this was asked.
  synchronized boolean ended() {
    boolean news = state != State.RUNNING && !endTold;
    endTold = endTold || news;
    return news;
  }

  synchronized void powerOff() {
    if (state == State.RUNNING) {
      guest.shutdown();
      state = State.SHUT_DOWN;
    }
  }

  synchronized void kill() {
    if (state == State.RUNNING) {
      guest.close();
      state = State.CRASHED;
    }
  }
}
