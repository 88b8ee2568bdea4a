package io.firn.repository.blob;

import io.firn.repository.BackendErrors;
import io.firn.repository.BlobId;
import io.firn.repository.PackId;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.index.BlobIndex;
import io.firn.repository.index.BlobLocation;
import io.firn.repository.index.IndexLoader;
import io.firn.repository.index.MissingPacks;
import io.firn.repository.index.OtherPlaces;
import io.firn.repository.pack.BlobKey;
import io.firn.repository.pack.BlobType;
import io.firn.repository.pack.MalformedPackException;
import io.firn.repository.unpacked.UnpackedFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Loads blobs and believes nothing: the MAC before decrypting, the size after unpacking, the hash
/// of the whole before handing it on. Thread-safe.
public final class BlobLoader {
  private final Backend backend;
  private final SecretKey key;
  private final BlobIndex index;
  private final OtherPlaces others;
  private final MissingPacks missing;
  private final Set<PackId> damagedPacks = ConcurrentHashMap.newKeySet();

  public BlobLoader(Backend backend, SecretKey key, BlobIndex index) {
    this.backend = backend;
    this.key = key;
    this.index = index;
    IndexLoader indexes = new IndexLoader(backend, new UnpackedFiles(backend, key));
    this.others = new OtherPlaces(indexes, index);
    this.missing = new MissingPacks(indexes);
  }

  /// Where a blob lies; `CORRUPT` where something refers to a blob that no index lists.
  public BlobLocation locate(BlobType type, BlobId id) {
    return index
        .find(type, id)
        .orElseThrow(() ->
            new RepositoryException(
                FailureCode.CORRUPT,
                "%s blob %s is in no index of %s. Run a check; repair the index: it finds the blob again if its pack is there."
                    .formatted(type.label(), id, backend.location()),
                Map.of("blob", id.toString())));
  }

  /// A blob's content. One that is damaged or missing where the index says is looked for in other
  /// packs; only where no copy can be read it is `CORRUPT`.
  public byte[] load(BlobType type, BlobId id) {
    BlobLocation location = locate(type, id);
    try {
      return load(id, location);
    } catch (RepositoryException e) {
      if (e.code() != FailureCode.CORRUPT) {
        throw e;
      }
      return copy(new BlobKey(type, id), location.pack(), e);
    }
  }

  /// The packs in which something was damaged or missing so far, and read from another one instead.
  public Set<PackId> damagedPacks() {
    return Set.copyOf(damagedPacks);
  }

  private byte[] copy(BlobKey blob, PackId failed, RepositoryException why) {
    for (BlobLocation other : otherThan(failed, blob, why)) {
      try {
        byte[] plain = load(blob.id(), other);
        damagedPacks.add(failed);
        return plain;
      } catch (RepositoryException e) {
        if (e.code() != FailureCode.CORRUPT && e.code() != FailureCode.PRUNED) {
          throw e;
        }
        why.addSuppressed(e);
      }
    }
    throw why;
  }

  private List<BlobLocation> otherThan(PackId failed, BlobKey blob, RepositoryException why) {
    try {
      return others.of(blob, failed);
    } catch (RepositoryException e) {
      // An index that was damaged, or replaced, since it was read: the blob is what is told of.
      why.addSuppressed(e);
      return List.of();
    }
  }

  private byte[] load(BlobId id, BlobLocation location) {
    try {
      BlobDecoder.requireSane(location.lengthBytes(), location.plainBytes());
      try {
        return decoded(id, location);
      } catch (MalformedPackException mayBeTheWay) {
        // A bit that flipped on the way here is right the second time; damage stays.
        return decoded(id, location);
      }
    } catch (MalformedPackException e) {
      throw damaged(id, location, e);
    }
  }

  /// For one thread that loads many data blobs; it closes it.
  public BlobBatch newBatch() {
    return new BlobBatch(this, new BlobUnpacker(key));
  }

  /// Fills `target` from a pack.
  void read(PackId pack, long offsetBytes, ByteBuffer target) throws IOException {
    backend.load(new FileHandle(FileType.PACK, pack.toString()), offsetBytes, target);
  }

  private byte[] decoded(BlobId id, BlobLocation location) throws MalformedPackException {
    return new BlobDecoder(key).decode(id, sealed(id, location), location.plainBytes());
  }

  private byte[] sealed(BlobId id, BlobLocation location) {
    byte[] sealed = new byte[(int) location.lengthBytes()];
    FileHandle pack = new FileHandle(FileType.PACK, location.pack().toString());
    try {
      backend.load(pack, location.offsetBytes(), ByteBuffer.wrap(sealed));
      return sealed;
    } catch (NoSuchFileException e) {
      throw gone(id, location, pack, e);
    } catch (IOException e) {
      throw named(BackendErrors.loading(backend, pack, e), id, location);
    }
  }

  /// A pack that is missing is damage, unless the index no longer lists it: then a prune took it,
  /// as it may, since readers hold no locks.
  private RepositoryException gone(
      BlobId id, BlobLocation location, FileHandle pack, NoSuchFileException e) {
    if (missing.isLost(location.pack())) {
      return named(BackendErrors.loading(backend, pack, e), id, location);
    }
    return new RepositoryException(
        FailureCode.PRUNED,
        "%s was removed from %s by a prune since this began reading. Start again: what snapshots need is there."
            .formatted(pack, backend.location()),
        context(id, location),
        e);
  }

  private RepositoryException damaged(
      BlobId id, BlobLocation location, MalformedPackException cause) {
    String message =
        "blob %s in pack %s of %s is damaged: %s. Run a check to see what else is hurt."
            .formatted(id, location.pack(), backend.location(), cause.getMessage());
    return new RepositoryException(FailureCode.CORRUPT, message, context(id, location), cause);
  }

  private RepositoryException named(RepositoryException e, BlobId id, BlobLocation location) {
    return new RepositoryException(
        e.code(), "blob " + id + ": " + e.getMessage(), context(id, location), e);
  }

  private static Map<String, String> context(BlobId id, BlobLocation location) {
    return Map.of("blob", id.toString(), "pack", location.pack().toString());
  }
}
