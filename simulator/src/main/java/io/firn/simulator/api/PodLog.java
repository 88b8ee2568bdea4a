package io.firn.simulator.api;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/// What a container has printed so far. `marks` say when it came, oldest first; none where that is
/// not known.
public final class PodLog {
  private final byte[] text;
  private final List<Mark> marks;

  /// What follows `offset` (bytes) came at that instant, until the next mark.
  public record Mark(long offset, Instant at) {}

  /// The array is handed over.
  public PodLog(byte[] text, List<Mark> marks) {
    this.text = text;
    this.marks = List.copyOf(marks);
  }

  /// The bytes themselves, not a copy.
  public byte[] text() {
    return text;
  }

  static PodLog of(String text) {
    return new PodLog(text.getBytes(StandardCharsets.UTF_8), List.of());
  }

  /// When the byte at an offset came; `unknown` where no mark tells.
  Instant at(long offset, Instant unknown) {
    Instant at = unknown;
    for (Mark mark : marks) {
      if (mark.offset() > offset) {
        return at;
      }
      at = mark.at();
    }
    return at;
  }
}
