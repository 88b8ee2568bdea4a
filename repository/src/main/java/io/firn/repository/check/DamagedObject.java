package io.firn.repository.check;

import io.firn.repository.BlobId;
import io.firn.repository.Digest;
import io.firn.repository.KeyId;
import io.firn.repository.PackId;
import io.firn.repository.SnapshotId;
import io.firn.repository.lock.LockId;
import io.firn.repository.pack.BlobType;

/// What a check found to be damaged or missing.
public sealed interface DamagedObject {
  /// A key file: its password may no longer open the repository.
  record DamagedKey(KeyId id) implements DamagedObject {
    @Override
    public String toString() {
      return "keys/" + id;
    }
  }

  /// An index file. Repairing the index makes a new one from the packs.
  record DamagedIndex(Digest id) implements DamagedObject {
    @Override
    public String toString() {
      return "index/" + id;
    }
  }

  record DamagedSnapshot(SnapshotId id) implements DamagedObject {
    @Override
    public String toString() {
      return "snapshots/" + id;
    }
  }

  record DamagedPack(PackId id) implements DamagedObject {
    @Override
    public String toString() {
      return "pack " + id;
    }
  }

  /// A lock file that nobody can read: it keeps writers out.
  record DamagedLock(LockId id) implements DamagedObject {
    @Override
    public String toString() {
      return "locks/" + id;
    }
  }

  /// A file of a prune's marks that nobody can read: what it marked is marked anew.
  record DamagedMark(Digest id) implements DamagedObject {
    @Override
    public String toString() {
      return "marks/" + id;
    }
  }

  /// A blob that something refers to and that cannot be had, for another reason than its pack.
  record DamagedBlob(BlobType type, BlobId id) implements DamagedObject {
    @Override
    public String toString() {
      return type.label() + " blob " + id;
    }
  }
}
