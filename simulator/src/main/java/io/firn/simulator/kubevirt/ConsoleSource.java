package io.firn.simulator.kubevirt;

import java.util.Optional;

/// Where the kubelet gets the log of a launcher pod's `guest-console-log` container from: the node
/// agent knows which guest runs in a pod.
///
/// Launcher pods (image `virt-launcher`) and importer pods (image `cdi-importer`) are placeholders:
/// no process is behind them. The node agent and CDI do their work and write their end into
/// `status.phase`.
///
/// Thread-safe.
@FunctionalInterface
public interface ConsoleSource {
  /// The console of the guest in a pod so far, with line ends; empty where no guest is known there.
  Optional<String> console(String namespace, String pod);
}
