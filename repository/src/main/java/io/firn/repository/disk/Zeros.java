package io.firn.repository.disk;

import io.firn.repository.BlobId;
import io.firn.repository.Digest;
import io.firn.repository.crypto.Sha256;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Blobs of zeros: their IDs by size, and whether bytes are zeros.
final class Zeros {
  /// The largest zero blob that Firn writes: restic holds a blob whole in memory.
  static final int LARGEST_BYTES = 16 << 20;

  /// restic restores a file sparsely only where its content names a blob of exactly this many
  /// zeros.
  static final int SPARSE_TRIGGER_BYTES = 512 << 10;

  /// Of every power of two from the smallest block to the largest blob: 32 MiB that nobody has to
  /// hash at each start.
  private static final List<String> OF_POWERS =
      List.of(
          "ad7facb2586fc6e966c004d7d1d16b024f5805ff7cb47c7a85dabd8b48892ca7",
          "9f1dcbc35c350d6027f98be0f5c8b43b42ca52b7604459c0c42be3aa88913d47",
          "4fe7b59af6de3b665b67788cc2f99892ab827efae3a467342b3bb4e3bc8e5bfe",
          "c35020473aed1b4642cd726cad727b63fff2824ad68cedd7ffb73c7cbd890479",
          "de2f256064a0af797747c2b97505dc0b9f3df0de4f489eac731c23ae9ca9cc31",
          "fa43239bcee7b97ca62f007cc68487560a39e19f74f3dde7486db3f98df8e471",
          "8a39d2abd3999ab73c34db2476849cddf303ce389b35826850f9a700589b4a90",
          "07854d2fef297a06ba81685e660c332de36d5d18d546927d30daad6d7fda1541",
          "30e14955ebf1352266dc2ff8067e68104607e750abb9d3b36582b8af909fcb58",
          "5647f05ec18958947d32874eeb788fa396a05d0bab7c1b71f112ceb7e9b31eee",
          "bb9f8df61474d25e71fa00722318cd387396ca1736605e1248821cc0de3d3af8",
          "2daeb1f36095b44b318410b3f4e8b5d989dcc7bb023d1426c492dab0a3053e74",
          "080acf35a507ac9849cfcba47dc2ad83e01b75663a516279c8b9d243b719643e");

  private static final Map<Integer, BlobId> IDS = new ConcurrentHashMap<>();
  private static final byte[] PIECE = new byte[64 << 10];

  static {
    for (int i = 0; i < OF_POWERS.size(); i++) {
      IDS.put(BlockSize.MIN_BYTES << i, new BlobId(Digest.of(OF_POWERS.get(i))));
    }
  }

  private Zeros() {}

  /// The ID of a blob of that many zeros.
  static BlobId id(int sizeBytes) {
    return IDS.computeIfAbsent(sizeBytes, Zeros::compute);
  }

  static boolean only(byte[] bytes, int offset, int length) {
    return length == 0
        || (bytes[offset] == 0
            && Arrays.mismatch(
                    bytes, offset, offset + length - 1, bytes, offset + 1, offset + length)
                < 0);
  }

  static BlobId compute(int sizeBytes) {
    Sha256 sha = new Sha256();
    for (int done = 0; done < sizeBytes; done += PIECE.length) {
      sha.update(PIECE, 0, Math.min(PIECE.length, sizeBytes - done));
    }
    return new BlobId(sha.finish());
  }
}
