package io.firn.repository.crash;

import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.RepositoryOptions;
import io.firn.repository.Snapshot;
import io.firn.repository.StoredSnapshot;
import io.firn.repository.TestDisks;
import io.firn.repository.TestRepositories;
import io.firn.repository.backend.Backend;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/// The repository that is killed at, as both sides see it.
final class CrashRepository {
  private static final String SEED = "seed=";

  private CrashRepository() {}

  static String password(int number) {
    return number == 0 ? TestRepositories.PASSWORD : "password " + number;
  }

  /// Opens with the newest password that does; says which.
  static Opened open(Backend backend, InstantSource clock, List<Integer> passwords) {
    RepositoryOptions options =
        TestRepositories.OPTIONS.withPackSizeBytes(256 << 10).withClock(clock);
    for (int number : passwords.reversed()) {
      try (Password password = new Password(password(number).toCharArray())) {
        return new Opened(Repository.open(backend, password, options), number);
      } catch (RepositoryException e) {
        if (e.code() != FailureCode.WRONG_PASSWORD) {
          throw e;
        }
      }
    }
    throw new AssertionError("none of the passwords opens: " + passwords);
  }

  static String tag(long diskSeed) {
    return SEED + diskSeed;
  }

  static long seed(StoredSnapshot stored) {
    Snapshot snapshot = stored.snapshot();
    return snapshot.tags().stream()
        .filter(tag -> tag.startsWith(SEED))
        .map(tag -> Long.parseLong(tag.substring(SEED.length())))
        .findFirst()
        .orElseThrow();
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

  /// An open repository and the number of its password.
  record Opened(Repository repository, int password) {}
}
