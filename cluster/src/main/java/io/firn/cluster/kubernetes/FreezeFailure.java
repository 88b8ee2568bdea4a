package io.firn.cluster.kubernetes;

import io.firn.cluster.Quiesce.FreezeOutcome;
import java.util.List;

/// Reads virt-api's 500 to a freeze. It passes every failure of the node's agent on with that one
/// status, so its text is all that tells what did not happen. What no known text explains may have
/// frozen the guest.
final class FreezeFailure {
  /// libvirt, of an agent whose channel is not open: it is asked for the state first, so nothing
  /// was frozen.
  private static final List<String> NO_AGENT =
      List.of("QEMU guest agent is not connected", "QEMU guest agent is not configured");

  /// libvirt, of an agent that did not answer. `virt-freezer` matches the first text, and thaws.
  private static final List<String> SILENT =
      List.of("Guest agent not available", "Guest agent is not responding");

  /// virt-launcher and virt-handler, before they ask the guest.
  private static final List<String> NOT_TRIED =
      List.of(
          "currently during migration",
          "retrieve unfreeze timeout",
          "unmarshal unfreeze timeout",
          "nfreeze timeout in freeze request is not set",
          "Failed to retrieve VMI",
          "Failed to detect cmd client",
          "Failed to connect cmd client");

  private FreezeFailure() {}

  static FreezeOutcome of(String message) {
    if (any(NO_AGENT, message)) {
      return new FreezeOutcome.AgentUnavailable(message);
    }
    if (any(SILENT, message)) {
      return new FreezeOutcome.AgentSilent(message);
    }
    if (any(NOT_TRIED, message)) {
      return new FreezeOutcome.Refused(message);
    }
    return NothingDone.notConnected(message)
        ? new FreezeOutcome.NotReached(message)
        : new FreezeOutcome.Unknown(message);
  }

  private static boolean any(List<String> texts, String message) {
    return texts.stream().anyMatch(message::contains);
  }
}
