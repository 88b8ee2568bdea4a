package io.firn.repository.crash;

import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.TestDisks;
import io.firn.repository.TestRepositories;
import io.firn.repository.TestRepositories.Stored;
import io.firn.repository.backend.LocalBackend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/// The process that is killed: writes disks and snapshots for ever, and notes each snapshot that it
/// was told is safe. Arguments: repository, file of notes, seed, number of the save to die at.
final class CrashingWriter {
  private CrashingWriter() {}

  public static void main(String[] arguments) throws IOException {
    Path where = Path.of(arguments[0]);
    Path notes = Path.of(arguments[1]);
    long seed = Long.parseLong(arguments[2]);
    int fatalSave = Integer.parseInt(arguments[3]);
    HaltingBackend backend = new HaltingBackend(new LocalBackend(where), where, fatalSave, seed);
    Password password = TestRepositories.password();
    try (Repository repository =
        Repository.open(backend, password, TestRepositories.OPTIONS.withPackSizeBytes(256 << 10))) {
      for (int round = 0; ; round++) {
        long diskSeed = seed * 1000 + round;
        Stored stored =
            TestRepositories.store(repository, "disk.img", TestRepositories.disk(disk(diskSeed)));
        Files.writeString(
            notes,
            stored.snapshot() + " " + diskSeed + "\n",
            StandardCharsets.UTF_8,
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      }
    }
  }

  /// The disk of a seed: new blocks, blocks of an earlier disk, zeros.
  static byte[] disk(long seed) {
    Random random = new Random(seed);
    byte[] disk = new byte[1_000_000 + random.nextInt(100_000)];
    byte[] fresh = TestDisks.random(random, 500_000);
    System.arraycopy(fresh, 0, disk, 0, fresh.length);
    byte[] shared = TestDisks.random(new Random(seed % 5), 262_144);
    System.arraycopy(shared, 0, disk, 524_288, shared.length);
    return disk;
  }
}
