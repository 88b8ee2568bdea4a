package io.firn.backup;

import io.firn.point.ConsistencyLevel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a user asks for. `demanded` makes anything weaker a failure; without it a weaker level is
/// reported as a loss. `excludedClaims` are claim names, or `namespace/claim`. `labels` are what
/// the points are called by; several points of one request share them.
public record BackupRequest(
    List<Selection> selections,
    Optional<ConsistencyLevel> demanded,
    Set<String> excludedClaims,
    BackupOptions options,
    Map<String, String> labels) {
  public BackupRequest {
    labels = Map.copyOf(labels);
    selections = List.copyOf(selections);
    excludedClaims = Set.copyOf(excludedClaims);
  }

  /// Without labels.
  public BackupRequest(
      List<Selection> selections,
      Optional<ConsistencyLevel> demanded,
      Set<String> excludedClaims,
      BackupOptions options) {
    this(selections, demanded, excludedClaims, options, Map.of());
  }

  /// With defaults.
  public static BackupRequest of(Selection... selections) {
    return new BackupRequest(
        List.of(selections), Optional.empty(), Set.of(), BackupOptions.DEFAULT);
  }

  /// What a machine should reach: the level demanded, or file-system consistency.
  public ConsistencyLevel wanted() {
    return demanded.orElse(ConsistencyLevel.FILESYSTEM);
  }
}
