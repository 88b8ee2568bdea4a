package io.firn.cli.progress;

import io.firn.cli.output.Human;
import java.time.Duration;

/// How much of something is done, and in what it is counted. Immutable.
public sealed interface Amount {
  long done();

  long total();

  /// Bytes that are only read.
  record Read(long done, long total) implements Amount {}

  /// Bytes of a disk, and those of them that were new to the vault.
  record Stored(long done, long total, long stored) implements Amount {}

  /// Bytes of a disk, and those of them that had to be written to it.
  record Written(long done, long total, long written) implements Amount {}

  /// A part of the whole that no number says better.
  record Share(long done, long total) implements Amount {}

  /// Things, such as `packs`.
  record Count(long done, long total, String things) implements Amount {}

  default boolean finished() {
    return done() >= total();
  }

  /// Rounded down: a hundred is all.
  default int percent() {
    return total() <= 0 ? 100 : (int) Math.min(100, done() * 100.0 / total());
  }

  /// `1.2 GiB of 2.6 GiB`, `12 of 36 packs`, or "".
  default String text() {
    return switch (this) {
      case Read _, Stored _, Written _ -> Human.bytes(done()) + " of " + Human.bytes(total());
      case Share _ -> "";
      case Count count -> count.done() + " of " + count.total() + " " + count.things();
    };
  }

  /// `340 MiB/s` where that much was done in that time; "" where speed says nothing.
  default String rate(long moved, Duration elapsed) {
    return switch (this) {
      case Read _, Stored _, Written _ -> Human.rate(moved, elapsed);
      case Share _, Count _ -> "";
    };
  }

  /// What is said at the end: `50 MiB stored`; "" where nothing was added.
  default String gain() {
    return switch (this) {
      case Stored stored -> Human.bytes(stored.stored()) + " stored";
      case Written written -> Human.bytes(written.written()) + " written";
      case Read _, Share _, Count _ -> "";
    };
  }
}
