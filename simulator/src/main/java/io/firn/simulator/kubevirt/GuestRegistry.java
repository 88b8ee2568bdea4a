package io.firn.simulator.kubevirt;

import io.firn.simulator.guest.Guest;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The guests that run on the nodes, keyed by the UID of their instance.
///
/// Thread-safe.
public final class GuestRegistry implements ConsoleSource {
  private final Map<String, RunningGuest> guests = new ConcurrentHashMap<>();

  /// The guest of the instance of that name, if one runs.
  public Optional<Guest> find(String namespace, String name) {
    return entry(namespace, name).filter(RunningGuest::alive).map(RunningGuest::guest);
  }

  /// Powers a guest off from the inside, as `poweroff` in it would; KubeVirt then sees the instance
  /// as Succeeded. False where no such guest runs.
  public boolean powerOff(String namespace, String name) {
    Optional<RunningGuest> found = entry(namespace, name).filter(RunningGuest::alive);
    found.ifPresent(RunningGuest::powerOff);
    return found.isPresent();
  }

  /// Kills a guest's process: what was not flushed is lost, KubeVirt sees the instance as Failed.
  public boolean kill(String namespace, String name) {
    Optional<RunningGuest> found = entry(namespace, name).filter(RunningGuest::alive);
    found.ifPresent(RunningGuest::kill);
    return found.isPresent();
  }

  @Override
  public Optional<String> console(String namespace, String pod) {
    return guests.values().stream()
        .filter(one -> one.namespace().equals(namespace) && one.pod().equals(pod))
        .findFirst()
        .map(RunningGuest::consoleText);
  }

  Optional<RunningGuest> entry(String namespace, String name) {
    return guests.values().stream()
        .filter(one -> one.namespace().equals(namespace) && one.name().equals(name))
        .reduce((earlier, later) -> later.alive() ? later : earlier);
  }

  Optional<RunningGuest> byUid(String uid) {
    return Optional.ofNullable(guests.get(uid));
  }

  void put(RunningGuest guest) {
    guests.put(guest.uid(), guest);
  }

  /// Forgets an instance that is gone; its guest loses power if it still runs.
  void remove(String uid) {
    RunningGuest guest = guests.remove(uid);
    if (guest != null) {
      guest.kill();
    }
  }

  Collection<RunningGuest> all() {
    return guests.values();
  }
}
