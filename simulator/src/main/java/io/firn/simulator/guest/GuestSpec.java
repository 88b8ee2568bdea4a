package io.firn.simulator.guest;

import io.firn.simulator.storage.DiskFile;
import java.util.List;

/// What a guest is booted with. Disks in the order of the machine's spec; `agent` whether the guest
/// agent is installed; `seed` makes its writes reproducible.
public record GuestSpec(
    String namespace, String name, String uid, boolean agent, List<GuestDisk> disks, long seed) {
  public GuestSpec {
    disks = List.copyOf(disks);
  }

  /// A disk as the guest sees it.
  public record GuestDisk(String name, DiskFile file, boolean readOnly) {}
}
