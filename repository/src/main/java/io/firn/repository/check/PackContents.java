package io.firn.repository.check;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.firn.repository.Digest;
import io.firn.repository.PackId;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.crypto.AuthenticationException;
import io.firn.repository.crypto.Envelope;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.crypto.Sha256;
import io.firn.repository.index.IndexedPack;
import io.firn.repository.pack.BlobKey;
import io.firn.repository.pack.PackEntry;
import io.firn.repository.pack.PackHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Looks into one pack after the other. One per worker thread; holds one blob at a time.
final class PackContents {
  private static final int MAX_HEADER_BYTES = PackHeader.MAX_BYTES + Envelope.OVERHEAD_BYTES;

  private final Backend backend;
  private final Envelope envelope;
  private final Findings findings;
  private final Sha256 blobSha = new Sha256();

  PackContents(Backend backend, SecretKey key, Findings findings) {
    this.backend = backend;
    this.envelope = new Envelope(key);
    this.findings = findings;
  }

  /// The header must say what the index says. Returns whether it does.
  boolean checkHeader(IndexedPack pack) throws IOException {
    try {
      byte[] trailer = trailer(pack);
      if (decode(trailer).equals(inOrder(pack))) {
        return true;
      }
      damaged(pack.id(), "its header differs from the index", keys(pack.entries()));
    } catch (AuthenticationException | MalformedPackException e) {
      damaged(pack.id(), "its header cannot be read: " + e.getMessage(), List.of());
    }
    return false;
  }

  /// Every byte must be what the names of pack and blobs say. A bad header is not reported again.
  void checkData(IndexedPack pack, boolean headerIsGood) throws IOException {
    Sha256 packSha = new Sha256();
    List<BlobKey> lost = new ArrayList<>();
    String reason = "";
    long end = 0;
    for (PackEntry entry : inOrder(pack)) {
      byte[] sealed = load(pack.id(), entry.offsetBytes(), (int) entry.lengthBytes());
      packSha.update(sealed, 0, sealed.length);
      String fault = entry.offsetBytes() == end ? fault(entry, sealed) : "there is a gap before it";
      if (!fault.isEmpty()) {
        lost.add(new BlobKey(entry.type(), entry.id()));
        reason = reason.isEmpty() ? "blob " + entry.id() + ": " + fault : reason;
      }
      end = entry.offsetBytes() + entry.lengthBytes();
    }
    byte[] trailer = load(pack.id(), end, PackHeader.trailerBytes(pack.entries()));
    packSha.update(trailer, 0, trailer.length);
    Digest found = packSha.finish();
    if (!lost.isEmpty()) {
      damaged(pack.id(), reason, lost);
    } else if (headerIsGood && !found.equals(pack.id().digest())) {
      damaged(pack.id(), "its content does not match its name, though all blobs do", List.of());
    }
  }

  /// What is wrong with a blob; empty where nothing is.
  private String fault(PackEntry entry, byte[] sealed) {
    try {
      byte[] plain = envelope.open(sealed);
      if (entry.compressed()) {
        plain = unpack(plain, (int) entry.plainBytes());
      }
      boolean same = blobSha.digest(plain, 0, plain.length).equals(entry.id().digest());
      return same ? "" : "its content does not match its ID";
    } catch (AuthenticationException | ZstdException | MalformedPackException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static byte[] unpack(byte[] compressed, int plainBytes) throws MalformedPackException {
    byte[] plain = new byte[plainBytes];
    long size = Zstd.decompress(plain, compressed);
    if (Zstd.isError(size) || size != plainBytes) {
      throw new MalformedPackException("it does not unpack to its size");
    }
    return plain;
  }

  private byte[] trailer(IndexedPack pack) throws IOException, MalformedPackException {
    int expected = PackHeader.trailerBytes(pack.entries());
    long blobBytes = PackHeader.packBytes(pack.entries()) - expected;
    byte[] trailer = load(pack.id(), blobBytes, expected);
    int length = ByteBuffer.wrap(trailer).order(ByteOrder.LITTLE_ENDIAN).getInt(trailer.length - 4);
    if (length != trailer.length - 4 || length > MAX_HEADER_BYTES) {
      throw new MalformedPackException("its length is given as " + length);
    }
    return trailer;
  }

  private List<PackEntry> decode(byte[] trailer)
      throws AuthenticationException, MalformedPackException {
    byte[] plain = new byte[trailer.length - 4 - Envelope.OVERHEAD_BYTES];
    envelope.open(trailer, 0, trailer.length - 4, plain, 0);
    try {
      return PackHeader.decode(plain);
    } catch (IOException e) {
      throw new MalformedPackException(String.valueOf(e.getMessage()));
    }
  }

  private byte[] load(PackId pack, long offset, int length) throws IOException {
    byte[] bytes = new byte[length];
    backend.load(new FileHandle(FileType.PACK, pack.toString()), offset, ByteBuffer.wrap(bytes));
    findings.read(length);
    return bytes;
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

  /// Readable, and no pack.
  private static final class MalformedPackException extends Exception {
    MalformedPackException(String message) {
      super(message);
    }
  }
}
