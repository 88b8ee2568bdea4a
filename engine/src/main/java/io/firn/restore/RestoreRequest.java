package io.firn.restore;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a user asks for. `machines` are names of machines (or replica sets) of the point, empty for
/// all; `renames` maps such a name to its new one; `targetNamespace` empty for the captured one;
/// `storageClasses` maps a captured class to the one to use. `newMac` and `newFirmwareUuid` give
/// the copy an identity of its own. `runStrategy` empty for the captured one.
///
/// `volumes` (names of claims, or their UIDs) restores these claims alone, without their machine;
/// `selector` restores the objects whose captured labels it matches. At most one of `machines`,
/// `volumes` and `selector` says something.
///
/// Immutable.
public record RestoreRequest(
    Set<String> machines,
    Map<String, String> renames,
    Optional<String> targetNamespace,
    Map<String, String> storageClasses,
    boolean newMac,
    boolean newFirmwareUuid,
    Optional<RunStrategy> runStrategy,
    ConflictPolicy onConflict,
    RestoreOptions options,
    Set<String> volumes,
    Optional<LabelSelector> selector) {
  /// The whole point, back to where it was.
  public static final RestoreRequest EVERYTHING =
      new RestoreRequest(
          Set.of(),
          Map.of(),
          Optional.empty(),
          Map.of(),
          false,
          false,
          Optional.empty(),
          ConflictPolicy.FAIL,
          RestoreOptions.DEFAULT);

  /// Of machines.
  public RestoreRequest(
      Set<String> machines,
      Map<String, String> renames,
      Optional<String> targetNamespace,
      Map<String, String> storageClasses,
      boolean newMac,
      boolean newFirmwareUuid,
      Optional<RunStrategy> runStrategy,
      ConflictPolicy onConflict,
      RestoreOptions options) {
    this(
        machines,
        renames,
        targetNamespace,
        storageClasses,
        newMac,
        newFirmwareUuid,
        runStrategy,
        onConflict,
        options,
        Set.of(),
        Optional.empty());
  }

  public RestoreRequest {
    volumes = Set.copyOf(volumes);
    int asked = (machines.isEmpty() ? 0 : 1) + (volumes.isEmpty() ? 0 : 1);
    if (asked + (selector.isPresent() ? 1 : 0) > 1) {
      throw new IllegalArgumentException("machines, volumes and selector exclude one another");
    }
    machines = Set.copyOf(machines);
    renames = Map.copyOf(renames);
    storageClasses = Map.copyOf(storageClasses);
  }

  /// The same, of these claims alone.
  public RestoreRequest onlyVolumes(Set<String> claims) {
    return new RestoreRequest(
        machines,
        renames,
        targetNamespace,
        storageClasses,
        newMac,
        newFirmwareUuid,
        runStrategy,
        onConflict,
        options,
        claims,
        selector);
  }

  /// The same, of the objects that a selector matches.
  public RestoreRequest matching(LabelSelector wanted) {
    return new RestoreRequest(
        machines,
        renames,
        targetNamespace,
        storageClasses,
        newMac,
        newFirmwareUuid,
        runStrategy,
        onConflict,
        options,
        volumes,
        Optional.of(wanted));
  }
}
