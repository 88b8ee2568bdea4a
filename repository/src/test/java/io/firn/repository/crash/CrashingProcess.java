package io.firn.repository.crash;

import io.firn.repository.backend.LocalBackend;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// The process that is killed: does one thing after the other for ever. Arguments: repository, file
/// of notes, seed, number of the change (a save or a deletion) to die at.
final class CrashingProcess {
  private static final Duration TEMPORARIES_ARE_STALE = Duration.ofDays(2);

  private CrashingProcess() {}

  public static void main(String[] arguments) {
    Path where = Path.of(arguments[0]);
    CrashNotes notes = new CrashNotes(Path.of(arguments[1]));
    long seed = Long.parseLong(arguments[2]);
    int fatalChange = Integer.parseInt(arguments[3]);
    InstantSource later = InstantSource.offset(InstantSource.system(), TEMPORARIES_ARE_STALE);
    HaltingBackend backend =
        new HaltingBackend(new LocalBackend(where, later), where, fatalChange, seed);
    InstantSource clock = hour(seed);
    CrashRepository.Opened opened = CrashRepository.open(backend, clock, notes.passwords());
    opened.repository().locks().removeStale();
    CrashingWork work =
        new CrashingWork(
            password -> CrashRepository.open(backend, clock, List.of(password)).repository(),
            opened,
            notes,
            seed);
    while (true) {
      work.next();
    }
  }

  /// Each process lives some minutes after the one before it, so that marks fall due.
  private static InstantSource hour(long seed) {
    return InstantSource.offset(InstantSource.system(), Duration.ofMinutes(seed % 10_000 * 20));
  }
}
