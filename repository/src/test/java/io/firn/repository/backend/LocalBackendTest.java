package io.firn.repository.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.firn.repository.backend.PermanentBackendException.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBackendTest extends BackendContract {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir Path folder;

  @Override
  protected Backend newBackend() {
    return new LocalBackend(folder.resolve("repo"), () -> NOW);
  }

  @Test
  void save_pack_liesInTheFolderOfItsFirstDigits_readOnly() throws IOException {
    Backend backend = newBackend();
    backend.create();
    backend.save(PACK, bytes("x"));
    Path file = folder.resolve("repo/data/aa").resolve(PACK.name());
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(Set.of(PosixFilePermission.OWNER_READ));
    assertThat(folder.resolve("repo/data").toFile().list()).hasSize(256);
  }

  @Test
  void list_otherNames_areIgnored() throws IOException {
    Backend backend = newBackend();
    backend.create();
    Files.writeString(folder.resolve("repo/index/README"), "x");
    Files.writeString(folder.resolve("repo/index").resolve("A".repeat(64)), "x");
    Files.writeString(folder.resolve("repo/index").resolve("a".repeat(64) + "-tmp-1"), "x");
    Files.createDirectory(folder.resolve("repo/index").resolve("c".repeat(64)));
    assertThat(backend.list(FileType.INDEX)).isEmpty();
  }

  @Test
  void save_removesTemporariesOfDeadWriters_andKeepsYoungOnes() throws IOException {
    Backend backend = newBackend();
    backend.create();
    Path old = temporary("repo/data/aa", 1, Duration.ofHours(25));
    Path young = temporary("repo/data/aa", 2, Duration.ofHours(23));
    Path lock = temporary("repo/locks", 3, Duration.ofDays(9));
    backend.save(PACK, bytes("x"));
    assertThat(old).doesNotExist();
    assertThat(lock).doesNotExist();
    assertThat(young).exists();
  }

  /// It may be another user's.
  @Test
  void save_besideAnOldTemporaryThatCannotBeRemoved_saves() throws IOException {
    Backend backend = newBackend();
    backend.create();
    Path stuck = folder.resolve("repo/index").resolve("d".repeat(64) + "-tmp-1");
    Files.createDirectories(stuck.resolve("not empty"));
    Files.setLastModifiedTime(stuck, FileTime.from(NOW.minus(Duration.ofDays(2))));
    Path old = temporary("repo/snapshots", 2, Duration.ofDays(2));
    backend.save(PACK, bytes("x"));
    assertThat(backend.size(PACK)).isEqualTo(1);
    assertThat(old).doesNotExist();
  }

  /// As a lock is refreshed: the new file is there before the old one goes, so one of them always
  /// is.
  @Test
  void list_whileAFileIsReplaced_showsOneOfThem() throws Exception {
    Backend backend = newBackend();
    backend.create();
    Files.createFile(lock(0));
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<Path> replacing =
          threads.submit(() -> {
            for (int number = 1; number < 20_000; number++) {
              Files.createFile(lock(number));
              Files.delete(lock(number - 1));
            }
            return lock(20_000);
          });
      while (!replacing.isDone()) {
        assertThat(backend.list(FileType.LOCK)).isNotEmpty();
      }
      assertThat(replacing.get()).doesNotExist();
    }
  }

  private Path lock(int number) {
    return folder.resolve("repo/locks").resolve("%064x".formatted(number));
  }

  @Test
  void save_failing_leavesNothingBehind() throws IOException {
    Path file = folder.resolve("file");
    Files.writeString(file, "not a folder");
    Backend backend = new LocalBackend(file.resolve("repo"));
    assertThatThrownBy(backend::create).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> backend.save(PACK, bytes("x"))).isInstanceOf(IOException.class);
    assertThat(folder.toFile().list()).containsExactly("file");
  }

  @Test
  void fullDevice_isPermanentAndSaysNoSpace() throws IOException {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();
    try (RandomAccessFile device = new RandomAccessFile(full.toFile(), "rw")) {
      assertThatThrownBy(() -> device.getChannel().write(bytes("x")))
          .isInstanceOfSatisfying(
              IOException.class, e -> assertThat(reason(e)).isEqualTo(Reason.NO_SPACE));
    }
  }

  @Test
  void systemsWords_areClassified() {
    assertThat(reason(new IOException("Read-only file system"))).isEqualTo(Reason.READ_ONLY);
    assertThat(reason(new java.nio.file.FileSystemException("f", null, "Permission denied")))
        .isEqualTo(Reason.NO_PERMISSION);
    assertThat(reason(new java.nio.file.AccessDeniedException("f")))
        .isEqualTo(Reason.NO_PERMISSION);
    IOException other = new IOException("Input/output error");
    assertThat(LocalErrors.classify(other, folder)).isSameAs(other);
    assertThat(LocalErrors.isWorthAnotherTry(other)).isTrue();
    assertThat(LocalErrors.isWorthAnotherTry(new IOException("No space left on device"))).isFalse();
    assertThat(LocalErrors.isWorthAnotherTry(new java.nio.file.NoSuchFileException("f"))).isFalse();
  }

  private Reason reason(IOException e) {
    return ((PermanentBackendException) LocalErrors.classify(e, folder)).reason();
  }

  private Path temporary(String where, int number, Duration age) throws IOException {
    Path file = folder.resolve(where).resolve("d".repeat(64) + "-tmp-" + number);
    Files.writeString(file, "half");
    Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
    return file;
  }

  @Test
  void filesAndFolders_areForTheirOwnerAlone() throws IOException {
    Path where = folder.resolve("private");
    try (io.firn.repository.Repository repository =
        io.firn.repository.TestRepositories.init(new LocalBackend(where))) {
      io.firn.repository.TestRepositories.store(
          repository, "a", io.firn.repository.TestRepositories.disk(new byte[100_000]));
    }
    try (java.util.stream.Stream<Path> all = Files.walk(where)) {
      for (Path path : all.toList()) {
        assertThat(
                java.nio.file.attribute.PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(path)))
            .as(path.toString())
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "r--------");
      }
    }
  }
}
