package io.firn.repository.repair;

import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.Backend;
import io.firn.repository.blob.BlobEncoder;
import io.firn.repository.blob.BlobSaver;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.pack.MalformedPackException;
import io.firn.repository.pack.PackEntry;
import io.firn.repository.pack.PackWindow;
import java.util.Map;

/// Saves what can still be read in damaged packs into new ones. For one thread.
record PackSalvage(Backend backend, SecretKey key, BlobSaver saver) {
  /// Blobs that the saver knows are not saved again.
  void save(Iterable<PackState.Damaged> packs) {
    PackInspection inspection = new PackInspection(backend, key);
    try (BlobEncoder encoder = saver.newEncoder()) {
      for (PackState.Damaged pack : packs) {
        save(pack, inspection, encoder);
      }
    }
    saver.flush();
  }

  private void save(PackState.Damaged pack, PackInspection inspection, BlobEncoder encoder) {
    long end =
        pack.readable().stream()
            .mapToLong(entry -> entry.offsetBytes() + entry.lengthBytes())
            .max()
            .orElse(0);
    PackWindow window = inspection.window(pack.pack(), end);
    for (PackEntry entry : pack.readable()) {
      try {
        byte[] plain = inspection.load(pack.pack(), window, entry);
        saver.save(entry.type(), entry.id(), plain, 0, plain.length, encoder);
      } catch (MalformedPackException e) {
        throw new RepositoryException(
            FailureCode.CORRUPT,
            "blob %s in pack %s of %s could be read a moment ago, and now cannot: %s. Nothing was removed; look at the storage, then repair again."
                .formatted(entry.id(), pack.pack(), backend.location(), e.getMessage()),
            Map.of("pack", pack.pack().toString(), "blob", entry.id().toString()),
            e);
      }
    }
  }
}
