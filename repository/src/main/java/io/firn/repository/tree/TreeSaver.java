package io.firn.repository.tree;

import com.github.luben.zstd.ZstdOutputStream;
import io.firn.repository.BlobId;
import io.firn.repository.Digest;
import io.firn.repository.Node;
import io.firn.repository.TreeId;
import io.firn.repository.blob.BlobSaver;
import io.firn.repository.pack.BlobType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/// Stores folders. Their JSON can be as large as a thousandth of a disk, so it is never held whole:
/// it is made once to be hashed and, where it is new, once more to be compressed.
public final class TreeSaver {
  private static final int LEVEL = 3;

  private final BlobSaver saver;

  public TreeSaver(BlobSaver saver) {
    this.saver = saver;
  }

  public TreeId save(List<Node> nodes) {
    List<Node> sorted = TreeEncoder.sorted(nodes);
    try {
      Hashed hashed = hash(sorted);
      BlobId id = new BlobId(hashed.digest());
      if (!saver.known(BlobType.TREE, id)) {
        saver.saveCompressed(BlobType.TREE, id, compress(sorted), hashed.sizeBytes());
      }
      return new TreeId(hashed.digest());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }

  private static Hashed hash(List<Node> sorted) throws IOException {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      CountingStream out = new CountingStream(sha);
      TreeEncoder.encode(sorted, out);
      return new Hashed(Digest.of(sha.digest(), 0), out.bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
  }

  private static byte[] compress(List<Node> sorted) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (ZstdOutputStream out = new ZstdOutputStream(compressed, LEVEL)) {
      TreeEncoder.encode(sorted, out);
    }
    return compressed.toByteArray();
  }

  private record Hashed(Digest digest, long sizeBytes) {}

  private static final class CountingStream extends DigestOutputStream {
    private long bytes;

    CountingStream(MessageDigest sha) {
      super(OutputStream.nullOutputStream(), sha);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      super.write(buffer, offset, length);
      bytes += length;
    }

    @Override
    public void write(int b) throws IOException {
      super.write(b);
      bytes++;
    }
  }
}
