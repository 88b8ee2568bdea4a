package io.firn.repository.crypto;

import java.util.concurrent.atomic.AtomicInteger;

/// How much to hand to one of the Java runtime's algorithms in one call.
///
/// The runtime has fast code for each, and puts it to use once a call was made some twenty thousand
/// times, however much each did. Until then AES takes thirty times as long, and with blocks of 256
/// KiB that is gigabytes. So the first calls are small; after them they are as large as the fast
/// code likes them (docs/decisions/0041).
///
/// One for each algorithm in the process. Thread-safe; exactness is not needed.
final class CallSize {
  private static final int FIRST_CALLS = 25_000;

  private final int firstBytes;
  private final int laterBytes;
  private final AtomicInteger calls = new AtomicInteger();

  CallSize(int firstBytes, int laterBytes) {
    this.firstBytes = firstBytes;
    this.laterBytes = laterBytes;
  }

  /// For all calls of a message of that length.
  int forMessage(int lengthBytes) {
    if (calls.get() >= FIRST_CALLS) {
      return laterBytes;
    }
    calls.addAndGet(lengthBytes / firstBytes);
    return firstBytes;
  }
}
