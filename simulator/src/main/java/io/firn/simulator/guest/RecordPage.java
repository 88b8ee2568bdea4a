package io.firn.simulator.guest;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.SplittableRandom;

/// One record of the journal, the same on every disk but for the disk's number: record `sequence`
/// replaces the content of data page `dataPage`, which record `replaces` had written. `pagesDigest`
/// sums up which record wrote which data page once this one is applied; `previous` is the digest of
/// the record before.
///
/// ```
/// 0 magic "FIRNREC1"  8 journal ID  24 disk  28 data page  32 sequence  40 replaces
/// 48 pages digest     56 digest of the record before       88 payload
/// ```
record RecordPage(
    JournalId journal,
    int disk,
    int dataPage,
    long sequence,
    long replaces,
    long pagesDigest,
    Digest previous) {
  private static final long MAGIC = 0x3143_4552_4E52_4946L; // "FIRNREC1"
  private static final int PAYLOAD_AT = 88;
  private static final int PAYLOAD_BYTES = 1024;

  /// The digest that a page carries.
  record Digest(long first, long second, long third, long fourth) {
    static final Digest NONE = new Digest(0, 0, 0, 0);

    static Digest read(ByteBuffer page, int at) {
      return new Digest(
          page.getLong(at), page.getLong(at + 8), page.getLong(at + 16), page.getLong(at + 24));
    }

    void write(ByteBuffer page, int at) {
      page.putLong(at, first).putLong(at + 8, second);
      page.putLong(at + 16, third).putLong(at + 24, fourth);
    }
  }

  static boolean hasMagic(byte[] page) {
    return Pages.view(page).getLong(0) == MAGIC;
  }

  /// A whole record; empty where the page is not one or is damaged.
  static Optional<RecordPage> parse(byte[] page) {
    if (!hasMagic(page) || !Pages.sealed(page)) {
      return Optional.empty();
    }
    ByteBuffer view = Pages.view(page);
    return Optional.of(
        new RecordPage(
            JournalId.read(view, 8),
            view.getInt(24),
            view.getInt(28),
            view.getLong(32),
            view.getLong(40),
            view.getLong(48),
            Digest.read(view, 56)));
  }

  byte[] page() {
    ByteBuffer view = Pages.blank();
    view.putLong(0, MAGIC);
    journal.write(view, 8);
    view.putInt(24, disk).putInt(28, dataPage).putLong(32, sequence).putLong(40, replaces);
    view.putLong(48, pagesDigest);
    previous.write(view, 56);
    byte[] payload = new byte[PAYLOAD_BYTES];
    new SplittableRandom(Pages.mix(journal.low() ^ sequence)).nextBytes(payload);
    view.put(PAYLOAD_AT, payload);
    return Pages.seal(view);
  }

  Digest digest() {
    return Digest.read(Pages.view(page()), Pages.BODY_BYTES);
  }
}
