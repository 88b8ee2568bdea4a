package io.firn.simulator.cdi;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How far each import is, by the UID of its claim.
///
/// Thread-safe.
final class Progress {
  private final Map<String, Double> shares = new ConcurrentHashMap<>();

  void at(String claimUid, long doneBytes, long totalBytes) {
    if (totalBytes > 0) {
      shares.put(claimUid, Math.min(100.0, 100.0 * doneBytes / totalBytes));
    }
  }

  void forget(String claimUid) {
    shares.remove(claimUid);
  }

  /// As DataVolumes show it: `42.10%`, `N/A` before anything is known.
  String shown(String claimUid) {
    Double share = shares.get(claimUid);
    return share == null ? "N/A" : String.format(Locale.ROOT, "%.2f%%", share);
  }
}
