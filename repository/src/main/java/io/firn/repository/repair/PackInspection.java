package io.firn.repository.repair;

import io.firn.repository.BackendErrors;
import io.firn.repository.Digest;
import io.firn.repository.PackId;
import io.firn.repository.backend.Backend;
import io.firn.repository.blob.BlobDecoder;
import io.firn.repository.crypto.Envelope;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.crypto.Sha256;
import io.firn.repository.index.IndexedPack;
import io.firn.repository.pack.BlobKey;
import io.firn.repository.pack.MalformedPackException;
import io.firn.repository.pack.PackEntry;
import io.firn.repository.pack.PackHeaderReader;
import io.firn.repository.pack.PackWindow;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Looks into one pack after the other and says what the index should say of it. One per worker
/// thread.
final class PackInspection {
  private final Backend backend;
  private final PackHeaderReader headers;
  private final BlobDecoder blobs;

  PackInspection(Backend backend, SecretKey key) {
    this.backend = backend;
    this.headers = new PackHeaderReader(backend, new Envelope(key), PackInspection::uncounted);
    this.blobs = new BlobDecoder(key);
  }

  /// What an inspection of a sound pack reads: its header, then, where all blobs are read, the
  /// blobs and for the hash the whole file once more.
  static long bytesToRead(long sizeBytes, boolean readData) {
    return PackHeaderReader.bytesToRead(sizeBytes) + (readData ? 2 * sizeBytes : 0);
  }

  /// `listed` is what indexes say of the pack, nothing where none does. All blobs are read where
  /// `readData` says so, where the header cannot be read, and where it says something else than the
  /// index: then the file may be another one under this name.
  PackState inspect(PackId pack, long sizeBytes, List<PackEntry> listed, boolean readData) {
    List<PackEntry> known = inOrder(listed);
    try {
      List<PackEntry> header = headers.read(pack, sizeBytes);
      boolean asListed = header.equals(known);
      if (!readData && (asListed || known.isEmpty())) {
        return sound(pack, header, asListed);
      }
      Found found = readable(pack, sizeBytes, header);
      if (found.entries().size() == header.size() && found.name().equals(pack.digest())) {
        return sound(pack, header, asListed);
      }
      String reason =
          found.reason().isEmpty() ? "its content does not match its name" : found.reason();
      return damaged(pack, reason, found.entries(), header, known);
    } catch (MalformedPackException e) {
      String reason = String.valueOf(e.getMessage());
      if (known.isEmpty()) {
        return new PackState.Unreadable(pack, reason);
      }
      return damaged(pack, reason, readable(pack, sizeBytes, known).entries(), known, known);
    } catch (IOException e) {
      throw BackendErrors.failed("could not read packs in", backend, "pack " + pack, e);
    }
  }

  private static PackState sound(PackId pack, List<PackEntry> header, boolean asListed) {
    return asListed
        ? new PackState.Right(pack)
        : new PackState.Unlisted(new IndexedPack(pack, header));
  }

  private static PackState damaged(
      PackId pack,
      String reason,
      List<PackEntry> readable,
      List<PackEntry> header,
      List<PackEntry> listed) {
    Set<BlobKey> lost = new LinkedHashSet<>();
    header.forEach(entry -> lost.add(key(entry)));
    listed.forEach(entry -> lost.add(key(entry)));
    readable.forEach(entry -> lost.remove(key(entry)));
    return new PackState.Damaged(pack, reason, readable, List.copyOf(lost));
  }

  /// The blobs that can be read, why the first of the others cannot, and the hash of the file.
  private record Found(List<PackEntry> entries, String reason, Digest name) {}

  private Found readable(PackId pack, long sizeBytes, List<PackEntry> entries) {
    PackWindow window = window(pack, sizeBytes);
    List<PackEntry> found = new ArrayList<>();
    String reason = "";
    for (PackEntry entry : entries) {
      String fault = fault(pack, window, entry);
      // A second read: what was only a bad read must not be given up.
      if (fault.isEmpty() || fault(pack, window(pack, sizeBytes), entry).isEmpty()) {
        found.add(entry);
      } else if (reason.isEmpty()) {
        reason = "blob " + entry.id() + ": " + fault;
      }
    }
    return new Found(found, reason, name(pack, sizeBytes));
  }

  private String fault(PackId pack, PackWindow window, PackEntry entry) {
    try {
      load(pack, window, entry);
      return "";
    } catch (MalformedPackException e) {
      return String.valueOf(e.getMessage());
    }
  }

  PackWindow window(PackId pack, long sizeBytes) {
    return new PackWindow(backend, pack, sizeBytes, PackInspection::uncounted);
  }

  /// The content of one blob.
  byte[] load(PackId pack, PackWindow window, PackEntry entry) throws MalformedPackException {
    BlobDecoder.requireSane(entry.lengthBytes(), entry.plainBytes());
    try {
      byte[] sealed = window.read(entry.offsetBytes(), (int) entry.lengthBytes());
      return blobs.decode(entry.id(), sealed, entry.plainBytes());
    } catch (EOFException e) {
      throw new MalformedPackException("the pack ends before it");
    } catch (IOException e) {
      throw BackendErrors.failed("could not read packs in", backend, "pack " + pack, e);
    }
  }

  private static void uncounted(long bytes) {}

  private Digest name(PackId pack, long sizeBytes) {
    PackWindow window = window(pack, sizeBytes);
    Sha256 sha = new Sha256();
    try {
      for (long at = 0; at < sizeBytes; ) {
        int length = (int) Math.min(sizeBytes - at, 1 << 20);
        sha.update(window.read(at, length), 0, length);
        at += length;
      }
    } catch (IOException e) {
      throw BackendErrors.failed("could not read packs in", backend, "pack " + pack, e);
    }
    return sha.finish();
  }

  private static List<PackEntry> inOrder(List<PackEntry> entries) {
    return entries.stream()
        .distinct()
        .sorted(Comparator.comparingLong(PackEntry::offsetBytes))
        .toList();
  }

  private static BlobKey key(PackEntry entry) {
    return new BlobKey(entry.type(), entry.id());
  }
}
