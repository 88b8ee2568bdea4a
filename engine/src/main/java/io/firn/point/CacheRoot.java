package io.firn.point;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where this machine's caches of vaults lie; none where there is no such place. Caches may always
/// be deleted.
public record CacheRoot(Optional<Path> folder) {
  public static final CacheRoot NONE = new CacheRoot(Optional.empty());

  /// `$XDG_CACHE_HOME/firn`, else `$HOME/.cache/firn`; a relative path counts as none, as the XDG
  /// specification has it.
  public static CacheRoot of(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    String cache =
        environment.getOrDefault("XDG_CACHE_HOME", home.isEmpty() ? "" : home + "/.cache");
    return cache.startsWith("/") ? new CacheRoot(Optional.of(Path.of(cache, "firn"))) : NONE;
  }
}
