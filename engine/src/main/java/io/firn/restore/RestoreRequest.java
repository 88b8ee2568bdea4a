package io.firn.restore;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a user asks for. `machines` are names of machines (or replica sets) of the point, empty for
/// all; `renames` maps such a name to its new one; `targetNamespace` empty for the captured one;
/// `storageClasses` maps a captured class to the one to use. `newMac` and `newFirmwareUuid` give
/// the copy an identity of its own. `runStrategy` empty for the captured one.
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
    RestoreOptions options) {
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

  public RestoreRequest {
    machines = Set.copyOf(machines);
    renames = Map.copyOf(renames);
    storageClasses = Map.copyOf(storageClasses);
  }
}
