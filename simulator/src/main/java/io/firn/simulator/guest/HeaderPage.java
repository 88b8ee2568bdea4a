package io.firn.simulator.guest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// The first page of a journal region.
///
/// ```
/// 0   magic "FIRN-JOURNAL-v1" and a zero byte
/// 16  length of the region in bytes
/// 24  journal ID                      all from here on zero in a region that no guest has used yet
/// 40  place of this disk, from 0      44  disks of the journal
/// 48  pages of the record ring        52  data pages
/// 56  last record known to be on every disk; may lag two behind
/// ```
record HeaderPage(
    long regionBytes,
    JournalId journal,
    int disk,
    int disks,
    int ringPages,
    int dataPages,
    long committed) {
  private static final byte[] MAGIC = "FIRN-JOURNAL-v1\0".getBytes(StandardCharsets.US_ASCII);

  static boolean hasMagic(byte[] bytes, int at) {
    return Arrays.equals(bytes, at, at + MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /// The length of a region that is marked but not yet used; empty for any other page.
  static Optional<Long> reserved(byte[] page) {
    ByteBuffer view = Pages.view(page);
    boolean unused = hasMagic(page, 0) && JournalId.read(view, 24).equals(JournalId.NONE);
    return unused ? Optional.of(view.getLong(16)) : Optional.empty();
  }

  /// A whole header; empty where the page is not one or is damaged.
  static Optional<HeaderPage> parse(byte[] page) {
    if (!hasMagic(page, 0) || !Pages.sealed(page)) {
      return Optional.empty();
    }
    ByteBuffer view = Pages.view(page);
    return Optional.of(
        new HeaderPage(
            view.getLong(16),
            JournalId.read(view, 24),
            view.getInt(40),
            view.getInt(44),
            view.getInt(48),
            view.getInt(52),
            view.getLong(56)));
  }

  byte[] page() {
    ByteBuffer view = Pages.blank();
    view.put(0, MAGIC);
    view.putLong(16, regionBytes);
    journal.write(view, 24);
    view.putInt(40, disk).putInt(44, disks).putInt(48, ringPages).putInt(52, dataPages);
    view.putLong(56, committed);
    return Pages.seal(view);
  }

  HeaderPage withCommitted(long record) {
    return new HeaderPage(regionBytes, journal, disk, disks, ringPages, dataPages, record);
  }
}
