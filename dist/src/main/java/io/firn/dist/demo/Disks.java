package io.firn.dist.demo;

import io.firn.simulator.storage.DiskFile;
import io.firn.simulator.storage.VolumeStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/// Looks at the bytes of disks beneath the cluster, where no part of Firn comes between.
record Disks(DemoCluster cluster, VolumeStore store, RootImage image) {
  private static final int PIECE = 1 << 20;
  private static final int SUPERBLOCK = 1024;
  private static final int MAGIC_AT = SUPERBLOCK + 56;
  private static final int STATE_AT = SUPERBLOCK + 58;

  /// Compares the disk behind a claim with the image that it was imported from; the journal file,
  /// which the guest writes to, is passed over. Empty where the file system is intact.
  Optional<String> hurt(String namespace, String claim) throws IOException {
    DiskFile disk = store.disk(cluster.volumeHandle(namespace, claim));
    byte[] head = new byte[SUPERBLOCK * 2];
    disk.read(0, ByteBuffer.wrap(head));
    if ((head[MAGIC_AT] & 0xff) != 0x53 || (head[MAGIC_AT + 1] & 0xff) != 0xef) {
      return Optional.of("there is no ext4 superblock");
    }
    if ((head[STATE_AT] & 0b11) != 1) {
      return Optional.of("its state is not clean");
    }
    try (FileChannel original = FileChannel.open(image.file())) {
      return difference(disk, original);
    }
  }

  private Optional<String> difference(DiskFile disk, FileChannel original) throws IOException {
    ByteBuffer ours = ByteBuffer.allocate(PIECE);
    ByteBuffer theirs = ByteBuffer.allocate(PIECE);
    long journalEnd = image.journalOffset() + image.journalBytes();
    for (long at = 0; at < image.sizeBytes(); at += ours.limit()) {
      if (at == image.journalOffset()) {
        at = journalEnd;
      }
      long end = at < image.journalOffset() ? image.journalOffset() : image.sizeBytes();
      int length = (int) Math.min(PIECE, end - at);
      ours.clear().limit(length);
      theirs.clear().limit(length);
      disk.read(at, ours);
      while (theirs.hasRemaining() && original.read(theirs, at + theirs.position()) >= 0) {
        // until the piece is full
      }
      int differs = ours.flip().mismatch(theirs.flip());
      if (differs >= 0) {
        return Optional.of("byte " + (at + differs) + " is not as it was");
      }
    }
    return Optional.empty();
  }
}
