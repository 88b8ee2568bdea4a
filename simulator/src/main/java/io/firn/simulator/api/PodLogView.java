package io.firn.simulator.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/// A container's output as a reader wants it, piece by piece as it grows. For one thread.
public final class PodLogView {
  private final PodLogOptions options;
  private boolean begun;
  private int shown;
  private long left;

  public PodLogView(PodLogOptions options) {
    this.options = options;
    this.left = options.limitBytes().orElse(Long.MAX_VALUE);
  }

  /// What there is to send of the log as it is `now`, beyond what was given before. Where more may
  /// come, a line without its end waits if it is to bear a time.
  public byte[] next(PodLog log, Instant now, boolean over) {
    byte[] text = log.text();
    if (!begun) {
      shown = tail(text);
      begun = true;
    }
    // A console forgets its oldest lines; what is left was shown.
    int end = over || !byLine() ? text.length : lastLineEnd(text);
    if (end <= shown) {
      return new byte[0];
    }
    byte[] piece = byLine() ? lines(log, now, end) : Arrays.copyOfRange(text, shown, end);
    shown = end;
    return limited(piece);
  }

  /// Nothing more is wanted.
  public boolean full() {
    return left == 0;
  }

  private boolean byLine() {
    return options.timestamps() || options.since().isPresent();
  }

  private int tail(byte[] text) {
    if (options.tailLines().isEmpty()) {
      return 0;
    }
    int from = text.length > 0 && text[text.length - 1] == '\n' ? text.length - 1 : text.length;
    long lines = options.tailLines().getAsLong();
    if (lines == 0) {
      return text.length;
    }
    while (from > 0) {
      if (text[from - 1] == '\n' && --lines == 0) {
        return from;
      }
      from--;
    }
    return 0;
  }

  private static int lastLineEnd(byte[] text) {
    int end = text.length;
    while (end > 0 && text[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private byte[] lines(PodLog log, Instant now, int end) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int from = shown;
    while (from < end) {
      int to = from;
      while (to < end && log.text()[to] != '\n') {
        to++;
      }
      to = Math.min(to + 1, end);
      Instant at = log.at(from, now);
      if (options.since().map(since -> !at.isBefore(since)).orElse(true)) {
        if (options.timestamps()) {
          out.writeBytes((at + " ").getBytes(StandardCharsets.US_ASCII));
        }
        out.write(log.text(), from, to - from);
      }
      from = to;
    }
    return out.toByteArray();
  }

  private byte[] limited(byte[] piece) {
    byte[] kept = piece.length > left ? Arrays.copyOf(piece, (int) left) : piece;
    left -= kept.length;
    return kept;
  }
}
