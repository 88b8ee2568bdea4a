package io.firn.repository.prune;

import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.blob.BlobDecoder;
import io.firn.repository.crypto.AuthenticationException;
import io.firn.repository.crypto.Envelope;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.pack.MalformedPackException;
import io.firn.repository.pack.PackEntry;
import io.firn.repository.pack.PackHeader;
import io.firn.repository.prune.PackTable.Pack;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/// The blobs of one pack as they are stored, each checked to the hash before it is handed on. Its
/// own header says where they lie, so that a repack needs no list of all blobs in memory. For one
/// thread.
final class PackBlobs {
  private static final int LENGTH_BYTES = 4;

  /// Most headers are shorter.
  private static final int TAIL_BYTES = 64 << 10;

  private static final int MAX_READ_BYTES = 8 << 20;
  private static final int MAX_GAP_BYTES = 256 << 10;
  private static final long MAX_RUN_BYTES = 1L << 30;

  private final Backend backend;
  private final Envelope envelope;
  private final BlobDecoder decoder;
  private final FileHandle handle;
  private final long sizeBytes;
  private final List<PackEntry> entries;

  PackBlobs(Backend backend, SecretKey key, Pack pack) throws IOException, MalformedPackException {
    this.backend = backend;
    this.envelope = new Envelope(key);
    this.decoder = new BlobDecoder(key);
    this.handle = new FileHandle(FileType.PACK, pack.id().toString());
    this.sizeBytes = pack.sizeBytes();
    this.entries = header();
  }

  /// What the header says, in order of offsets.
  List<PackEntry> entries() {
    return entries;
  }

  /// Hands on the stored bytes of some entries, in their order. Neighbours are read together.
  void read(List<PackEntry> wanted, BiConsumer<PackEntry, byte[]> blobs)
      throws IOException, MalformedPackException {
    int from = 0;
    while (from < wanted.size()) {
      int to = from + 1;
      while (to < wanted.size() && together(wanted.get(from), wanted.get(to - 1), wanted.get(to))) {
        to++;
      }
      readRun(wanted.subList(from, to), blobs);
      from = to;
    }
  }

  private static boolean together(PackEntry first, PackEntry last, PackEntry next) {
    return next.offsetBytes() - end(last) <= MAX_GAP_BYTES
        && end(next) - first.offsetBytes() <= MAX_READ_BYTES;
  }

  private void readRun(List<PackEntry> run, BiConsumer<PackEntry, byte[]> blobs)
      throws IOException, MalformedPackException {
    long start = run.getFirst().offsetBytes();
    long length = end(run.getLast()) - start;
    if (length > MAX_RUN_BYTES) {
      throw new MalformedPackException("a blob has an impossible size");
    }
    byte[] bytes = load(start, (int) length);
    for (PackEntry entry : run) {
      BlobDecoder.requireSane(entry.lengthBytes(), entry.plainBytes());
      int at = (int) (entry.offsetBytes() - start);
      byte[] sealed = Arrays.copyOfRange(bytes, at, at + (int) entry.lengthBytes());
      decoder.decode(entry.id(), sealed, entry.plainBytes());
      blobs.accept(entry, sealed);
    }
  }

  private List<PackEntry> header() throws IOException, MalformedPackException {
    byte[] tail = load(Math.max(0, sizeBytes - TAIL_BYTES), (int) Math.min(sizeBytes, TAIL_BYTES));
    int length =
        ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(tail.length - LENGTH_BYTES);
    if (length < Envelope.OVERHEAD_BYTES
        || length > PackHeader.MAX_BYTES + Envelope.OVERHEAD_BYTES
        || length > sizeBytes - LENGTH_BYTES) {
      throw new MalformedPackException("the header's length is impossible");
    }
    byte[] sealed =
        length + LENGTH_BYTES <= tail.length
            ? Arrays.copyOfRange(
                tail, tail.length - LENGTH_BYTES - length, tail.length - LENGTH_BYTES)
            : load(sizeBytes - LENGTH_BYTES - length, length);
    return decoded(sealed);
  }

  private List<PackEntry> decoded(byte[] sealed) throws MalformedPackException {
    try {
      return PackHeader.decode(envelope.open(sealed));
    } catch (AuthenticationException | IOException e) {
      throw new MalformedPackException("the header cannot be read");
    }
  }

  private byte[] load(long offset, int length) throws IOException, MalformedPackException {
    byte[] bytes = new byte[length];
    try {
      backend.load(handle, offset, ByteBuffer.wrap(bytes));
    } catch (NoSuchFileException | EOFException e) {
      throw new MalformedPackException("it is missing or cut short");
    }
    return bytes;
  }

  private static long end(PackEntry entry) {
    return entry.offsetBytes() + entry.lengthBytes();
  }
}
