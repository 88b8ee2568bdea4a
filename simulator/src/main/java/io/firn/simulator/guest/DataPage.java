package io.firn.simulator.guest;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.SplittableRandom;

/// A page of application data as record `sequence` left it (0: as formatted). The content follows
/// from the fields, so a record can be applied again after a crash. Half of it compresses well.
record DataPage(JournalId journal, int disk, int page, long sequence) {
  private static final long MAGIC = 0x3154_4144_4E52_4946L; // "FIRNDAT1"
  private static final int CONTENT_AT = 40;
  private static final int RANDOM_BYTES = 2048;

  static Optional<DataPage> parse(byte[] bytes) {
    ByteBuffer view = Pages.view(bytes);
    if (view.getLong(0) != MAGIC || !Pages.sealed(bytes)) {
      return Optional.empty();
    }
    return Optional.of(
        new DataPage(JournalId.read(view, 8), view.getInt(24), view.getInt(28), view.getLong(32)));
  }

  byte[] bytes() {
    ByteBuffer view = Pages.blank();
    view.putLong(0, MAGIC);
    journal.write(view, 8);
    view.putInt(24, disk).putInt(28, page).putLong(32, sequence);
    byte[] content = new byte[RANDOM_BYTES];
    long seed = Pages.mix(journal.high() ^ Pages.mix(sequence) ^ ((long) page << 32) ^ disk);
    new SplittableRandom(seed).nextBytes(content);
    view.put(CONTENT_AT, content);
    return Pages.seal(view);
  }

  /// The share of one page in [RecordPage#pagesDigest()]: shares are combined with exclusive or.
  static long share(int page, long sequence) {
    return Pages.mix(Pages.mix(page) ^ sequence);
  }

  /// The pages digest of a freshly formatted region.
  static long formattedDigest(int dataPages) {
    long digest = 0;
    for (int page = 0; page < dataPages; page++) {
      digest ^= share(page, 0);
    }
    return digest;
  }
}
