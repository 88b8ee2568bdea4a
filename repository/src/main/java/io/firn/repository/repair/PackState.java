package io.firn.repository.repair;

import io.firn.repository.PackId;
import io.firn.repository.index.IndexedPack;
import io.firn.repository.pack.BlobKey;
import io.firn.repository.pack.PackEntry;
import java.util.List;

/// What a look into a pack found.
public sealed interface PackState {
  PackId pack();

  /// Listed, and as listed.
  record Right(PackId pack) implements PackState {}

  /// A sound pack that the index does not list, or not as it is.
  record Unlisted(IndexedPack content) implements PackState {
    @Override
    public PackId pack() {
      return content.id();
    }
  }

  /// A pack that is hurt. `readable` can be saved into another pack, `lost` cannot be read any
  /// more.
  record Damaged(PackId pack, String reason, List<PackEntry> readable, List<BlobKey> lost)
      implements PackState {
    public Damaged {
      readable = List.copyOf(readable);
      lost = List.copyOf(lost);
    }
  }

  /// In no index, and no pack that anybody can read. It is left as it is; a prune removes it.
  record Unreadable(PackId pack, String reason) implements PackState {}
}
