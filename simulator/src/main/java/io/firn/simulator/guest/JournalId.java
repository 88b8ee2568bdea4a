package io.firn.simulator.guest;

import java.nio.ByteBuffer;

/// Names a journal; every page of it on every disk carries the name.
record JournalId(long high, long low) {
  static final JournalId NONE = new JournalId(0, 0);

  static JournalId read(ByteBuffer page, int at) {
    return new JournalId(page.getLong(at), page.getLong(at + 8));
  }

  void write(ByteBuffer page, int at) {
    page.putLong(at, high).putLong(at + 8, low);
  }
}
