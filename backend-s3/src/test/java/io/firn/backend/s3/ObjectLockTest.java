package io.firn.backend.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.backend.s3.server.Buckets;
import io.firn.backend.s3.server.Radosgw;
import io.firn.repository.Node;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryOptions;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.Snapshot;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.ObjectLock;
import io.firn.repository.backend.PermanentBackendException;
import io.firn.repository.backend.PermanentBackendException.Reason;
import io.firn.repository.key.KdfCost;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Object lock on a server that really enforces it.
class ObjectLockTest {
  private static final FileHandle PACK = new FileHandle(FileType.PACK, "a".repeat(64));
  private static final FileHandle LOCK = new FileHandle(FileType.LOCK, "b".repeat(64));
  private static final RepositoryOptions OPTIONS =
      RepositoryOptions.DEFAULT.withKdfCost(new KdfCost(1024, 8, 1));

  @TempDir Path folder;
  private final String bucket = "lock-" + UUID.randomUUID();

  @Test
  void savedFile_isLocked_andCannotBeDeletedOrShortened() throws IOException {
    Backend backend = backend("compliance:4h");
    ObjectLock lock = backend.objectLock().orElseThrow();
    Instant before = Instant.now();
    backend.save(PACK, ByteBuffer.wrap(new byte[100]));
    Instant until = lock.lockedUntil(PACK).orElseThrow();
    assertThat(until)
        .isBetween(before.plus(Duration.ofHours(5)), Instant.now().plusSeconds(18_002));
    assertThatThrownBy(() -> backend.delete(PACK))
        .isInstanceOfSatisfying(
            PermanentBackendException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.PROTECTED))
        .hasMessageContaining("data/aaa");
    assertThat(backend.load(PACK)).hasSize(100);
    assertThatThrownBy(() -> shorten(backend.location())).isInstanceOf(S3Exception.class);
    lock.extend(PACK, until.minusSeconds(3600));
    assertThat(lock.lockedUntil(PACK)).contains(until);
    lock.extend(PACK, until.plusSeconds(3600));
    assertThat(lock.lockedUntil(PACK)).contains(until.plusSeconds(3600));
  }

  @Test
  void locksOfProcesses_areNotLocked_andLeaveNoVersionBehind() throws IOException {
    Backend backend = backend("compliance:4h");
    backend.save(LOCK, ByteBuffer.wrap(new byte[10]));
    assertThat(backend.objectLock().orElseThrow().lockedUntil(LOCK)).isEmpty();
    backend.delete(LOCK);
    assertThat(versions()).isZero();
  }

  @Test
  void lockOfAProcess_thatTheBucketLocksByItself_isHidden() throws IOException {
    Backend backend = backend("governance:4h");
    try (S3Client admin = Buckets.admin(Radosgw.shared())) {
      assertThat(
              admin.putObjectLockConfiguration(r ->
                  r.bucket(bucket)
                      .objectLockConfiguration(c ->
                          c.objectLockEnabled(ObjectLockEnabled.ENABLED)
                              .rule(rule ->
                                  rule.defaultRetention(
                                      d -> d.mode(ObjectLockRetentionMode.GOVERNANCE).days(1))))))
          .isNotNull();
    }
    backend.save(LOCK, ByteBuffer.wrap(new byte[10]));
    assertThat(backend.objectLock().orElseThrow().lockedUntil(LOCK)).isPresent();
    backend.delete(LOCK);
    assertThat(backend.list(FileType.LOCK)).isEmpty();
    backend.save(PACK, ByteBuffer.wrap(new byte[10]));
    assertThatThrownBy(() -> backend.delete(PACK)).isInstanceOf(PermanentBackendException.class);
    assertThat(backend.list(FileType.PACK)).hasSize(1);
  }

  @Test
  void lockThatHasEnded_letsTheVersionItselfBeDeleted() throws Exception {
    Backend backend = backend("governance:2s");
    backend.save(PACK, ByteBuffer.wrap(new byte[10]));
    assertThatThrownBy(() -> backend.delete(PACK)).isInstanceOf(PermanentBackendException.class);
    Instant until = backend.objectLock().orElseThrow().lockedUntil(PACK).orElseThrow();
    Thread.sleep(Math.max(0, Duration.between(Instant.now(), until).toMillis()) + 1100);
    backend.delete(PACK);
    assertThat(versions()).isZero();
  }

  @Test
  void newPointOnOldPacks_extendsThoseThatItUses_andNoOthers() throws IOException {
    Backend backend = backend("compliance:4h");
    Instant now = Instant.now();
    byte[] shared = bytes(1);
    try (Password password = new Password("snow".toCharArray())) {
      try (Repository first = Repository.init(backend, password, OPTIONS)) {
        point(first, "unused", bytes(2));
        point(first, "used", shared);
      }
      Set<FileHandle> old = files(backend, FileType.PACK);
      Instant later = now.plus(Duration.ofHours(2));
      try (Repository second = Repository.open(backend, password, OPTIONS.withClock(() -> later))) {
        point(second, "again", shared);
      }
      ObjectLock lock = backend.objectLock().orElseThrow();
      Instant needed = later.plus(Duration.ofHours(4));
      long extended = 0;
      for (FileHandle pack : old) {
        extended += lock.lockedUntil(pack).orElseThrow().isBefore(needed) ? 0 : 1;
      }
      assertThat(extended).as("the shared data's pack, of %s", old.size()).isEqualTo(1);
      for (FileType type : List.of(FileType.INDEX, FileType.KEY, FileType.CONFIG)) {
        for (FileHandle file : files(backend, type)) {
          assertThat(lock.lockedUntil(file).orElseThrow())
              .as(file.toString())
              .isAfterOrEqualTo(needed);
        }
      }
    }
  }

  @Test
  void bucket_saysWhatItEnforces() throws IOException {
    Radosgw server = Radosgw.shared();
    backend("compliance:4h");
    String plain = "plain-" + UUID.randomUUID();
    Buckets.make(server, plain, false);
    try (S3Store locked = S3Testing.store(server, folder, bucket);
        S3Store unlocked = S3Testing.store(server, folder, plain)) {
      assertThat(locked.protection())
          .isEqualTo(new BucketProtection(true, true, Optional.empty(), Optional.empty()));
      assertThat(unlocked.protection()).isEqualTo(BucketProtection.NONE);
    }
  }

  private Backend backend(String rule) {
    Radosgw server = Radosgw.shared();
    Buckets.make(server, bucket, true);
    return S3Testing.store(server, folder, bucket, "object-lock=" + rule).backend("");
  }

  private static void point(Repository repository, String name, byte[] content) {
    try (RepositoryWriter writer = repository.writer()) {
      Node file = Node.file(name, Instant.EPOCH, writer.writeFile(content));
      assertThat(
              writer.writeSnapshot(
                  new Snapshot(
                      Instant.EPOCH,
                      writer.writeTree(List.of(file)),
                      List.of("/" + name),
                      "host",
                      "user",
                      List.of(),
                      "test",
                      Optional.empty(),
                      Optional.empty())))
          .isNotNull();
    }
  }

  private static byte[] bytes(long seed) {
    byte[] bytes = new byte[50_000];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static Set<FileHandle> files(Backend backend, FileType type) throws IOException {
    return new HashSet<>(backend.list(type).stream().map(FileEntry::handle).toList());
  }

  private void shorten(String location) {
    assertThat(location).contains(bucket);
    try (S3Client admin = Buckets.admin(Radosgw.shared())) {
      assertThat(
              admin.putObjectRetention(r ->
                  r.bucket(bucket)
                      .key("repo/data/aa/" + PACK.name())
                      .retention(n ->
                          n.mode(ObjectLockRetentionMode.COMPLIANCE)
                              .retainUntilDate(Instant.now().plusSeconds(60)))))
          .isNotNull();
    }
  }

  private int versions() {
    try (S3Client admin = Buckets.admin(Radosgw.shared())) {
      var found = admin.listObjectVersions(r -> r.bucket(bucket));
      return found.versions().size() + found.deleteMarkers().size();
    }
  }
}
