package io.firn.repository.check;

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
import io.firn.repository.pack.PackHeader;
import io.firn.repository.pack.PackHeaderReader;
import io.firn.repository.pack.PackWindow;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Looks into one pack after the other. One per worker thread; holds a few MiB of a pack and one
/// blob at a time.
final class PackContents {
  private final Backend backend;
  private final PackHeaderReader headers;
  private final BlobDecoder blobs;
  private final Findings findings;

  PackContents(Backend backend, SecretKey key, Findings findings) {
    this.backend = backend;
    this.headers = new PackHeaderReader(backend, new Envelope(key), findings::read);
    this.blobs = new BlobDecoder(key);
    this.findings = findings;
  }

  /// Checks a pack of the size that the index says. `data` says whether to read all of it.
  void check(IndexedPack pack, boolean data) throws IOException {
    try {
      boolean headerIsGood = checkHeader(pack);
      if (data) {
        checkData(pack, headerIsGood);
      }
    } catch (NoSuchFileException | EOFException gone) {
      damaged(pack.id(), "it went missing, or was cut short, meanwhile", keys(pack.entries()));
    }
  }

  /// What is wrong with a pack that is in no index: nothing is lost with it, but it may be no pack
  /// at all. Empty where nothing is, or where it is gone.
  Optional<String> orphanFault(PackId pack, long sizeBytes, boolean data) throws IOException {
    try {
      headers.read(pack, sizeBytes);
      boolean named =
          !data
              || sha(new PackWindow(backend, pack, sizeBytes, findings::read), sizeBytes)
                  .equals(pack.digest());
      return named
          ? Optional.empty()
          : Optional.of("it is in no index, and its content does not match its name");
    } catch (MalformedPackException e) {
      return Optional.of("it is in no index, and no pack of this repository: " + e.getMessage());
    } catch (NoSuchFileException | EOFException gone) {
      return Optional.empty();
    }
  }

  /// The header must say what the index says. Returns whether it does.
  private boolean checkHeader(IndexedPack pack) throws IOException {
    try {
      if (headers.read(pack.id(), PackHeader.packBytes(pack.entries())).equals(inOrder(pack))) {
        return true;
      }
      damaged(pack.id(), "its header differs from the index", keys(pack.entries()));
    } catch (MalformedPackException e) {
      damaged(pack.id(), String.valueOf(e.getMessage()), List.of());
    }
    return false;
  }

  /// Every byte must be what the names of pack and blobs say. A bad header is not reported again.
  private void checkData(IndexedPack pack, boolean headerIsGood) throws IOException {
    long sizeBytes = PackHeader.packBytes(pack.entries());
    PackWindow window = new PackWindow(backend, pack.id(), sizeBytes, findings::read);
    Sha256 packSha = new Sha256();
    List<BlobKey> lost = new ArrayList<>();
    String reason = "";
    long end = 0;
    for (PackEntry entry : inOrder(pack)) {
      String fault = fault(entry, end, window, packSha);
      if (!fault.isEmpty()) {
        lost.add(new BlobKey(entry.type(), entry.id()));
        reason = reason.isEmpty() ? "blob " + entry.id() + ": " + fault : reason;
      }
      end = entry.offsetBytes() + entry.lengthBytes();
    }
    byte[] trailer = window.read(end, PackHeader.trailerBytes(pack.entries()));
    packSha.update(trailer, 0, trailer.length);
    Digest found = packSha.finish();
    if (!lost.isEmpty()) {
      damaged(pack.id(), reason, lost);
    } else if (headerIsGood && !found.equals(pack.id().digest())) {
      damaged(pack.id(), "its content does not match its name, though all blobs do", List.of());
    }
  }

  /// What is wrong with a blob; empty where nothing is.
  private String fault(PackEntry entry, long end, PackWindow window, Sha256 packSha)
      throws IOException {
    try {
      BlobDecoder.requireSane(entry.lengthBytes(), entry.plainBytes());
      byte[] sealed = window.read(entry.offsetBytes(), (int) entry.lengthBytes());
      packSha.update(sealed, 0, sealed.length);
      blobs.decode(entry.id(), sealed, entry.plainBytes());
      return entry.offsetBytes() == end ? "" : "there is a gap before it";
    } catch (MalformedPackException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static Digest sha(PackWindow window, long sizeBytes) throws IOException {
    Sha256 sha = new Sha256();
    for (long at = 0; at < sizeBytes; ) {
      int length = (int) Math.min(sizeBytes - at, 1 << 20);
      sha.update(window.read(at, length), 0, length);
      at += length;
    }
    return sha.finish();
  }

  private void damaged(PackId pack, String reason, List<BlobKey> lost) {
    findings.damaged(new DamagedObject.DamagedPack(pack), reason, lost);
  }

  private static List<PackEntry> inOrder(IndexedPack pack) {
    return pack.entries().stream()
        .sorted(Comparator.comparingLong(PackEntry::offsetBytes))
        .toList();
  }

  static List<BlobKey> keys(List<PackEntry> entries) {
    return entries.stream().map(entry -> new BlobKey(entry.type(), entry.id())).toList();
  }
}
