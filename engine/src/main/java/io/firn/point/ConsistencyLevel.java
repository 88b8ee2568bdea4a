package io.firn.point;

/// What a capture is worth, weakest first.
public enum ConsistencyLevel {
  /// As after pulling the plug: the guest was not frozen.
  CRASH,
  /// The guest's file systems were frozen (or the machine was stopped).
  FILESYSTEM,
  /// Frozen, and freeze hooks of applications in the guest ran.
  APPLICATION;

  /// As users type it.
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
