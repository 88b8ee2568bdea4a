package io.firn.repository;

import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.blob.BlobLoader;
import io.firn.repository.disk.BlobOffsets;
import io.firn.repository.disk.DiskReads;
import io.firn.repository.disk.DiskRestorer;
import io.firn.repository.pack.BlobType;
import io.firn.repository.tree.TreeDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads trees, files and disks. Thread-safe.
public final class RepositoryReader {
  private static final long MAX_FILE_BYTES = 256 << 20;

  private final BlobLoader loader;

  RepositoryReader(BlobLoader loader) {
    this.loader = loader;
  }

  public Tree tree(TreeId id) {
    byte[] json = loader.load(BlobType.TREE, new BlobId(id.digest()));
    try {
      return TreeDecoder.decode(json);
    } catch (IOException e) {
      throw new RepositoryException(
          FailureCode.CORRUPT,
          "tree %s is no tree: %s. Run a check.".formatted(id, e.getMessage()),
          Map.of("blob", id.toString()),
          e);
    }
  }

  /// The node at a path such as `/shop/manifest.json` below a root tree.
  public Optional<Node> find(TreeId root, String path) {
    TreeId folder = root;
    Optional<Node> found = Optional.empty();
    for (String name : path.split("/")) {
      if (name.isEmpty()) {
        continue;
      }
      if (found.isPresent()) {
        if (found.get().subtree().isEmpty()) {
          return Optional.empty();
        }
        folder = found.get().subtree().get();
      }
      found = tree(folder).find(name);
      if (found.isEmpty()) {
        return found;
      }
    }
    return found;
  }

  /// A whole file, for small ones; `CORRUPT` where it is so large that nobody meant this.
  public byte[] readFile(Node file) {
    StoredDisk disk = disk(file);
    if (disk.sizeBytes() > Math.min(MAX_FILE_BYTES, Runtime.getRuntime().maxMemory() / 2)) {
      throw new RepositoryException(
          FailureCode.CORRUPT,
          "file %s has %d bytes: too many to be read at once. It is not what it should be."
              .formatted(file.name(), disk.sizeBytes()),
          Map.of("path", file.name()));
    }
    ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(disk.sizeBytes()));
    disk.read(0, content);
    return content.array();
  }

  /// The packs in which this reader has met damage so far, and had what it needed of them from
  /// another pack: what it read is right, the repository wants a check.
  public Set<PackId> damagedPacks() {
    return loader.damagedPacks();
  }

  /// A stored disk for reads at any offset.
  public StoredDisk disk(Node file) {
    return new StoredDisk(new DiskReads(BlobOffsets.of(file, loader), loader));
  }

  /// Writes a disk back, several blocks in flight; every blob's hash is checked before its bytes
  /// are handed on. A blob that is damaged in one pack is read from another that has it too
  /// ([RestoreOutcome#damagedPacks]); without one `CORRUPT` names blob and pack. `blockSizeBytes`
  /// is the one of [DiskOutcome].
  public RestoreOutcome restoreDisk(
      Node file, DiskTarget target, int blockSizeBytes, int workers, TransferListener listener) {
    BlobOffsets blobs = BlobOffsets.of(file, loader);
    return new DiskRestorer(loader, blobs, target, blockSizeBytes, workers, listener).restore();
  }
}
