package io.firn.repository.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.Snapshot;
import io.firn.repository.SnapshotId;
import io.firn.repository.StoredSnapshot;
import io.firn.repository.TestRepositories;
import io.firn.repository.TestRepositories.Stored;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FaultyBackend;
import io.firn.repository.backend.FaultyBackend.Operation;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.MemoryBackend;
import io.firn.repository.lock.HeldLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SnapshotChangesTest {
  private final MemoryBackend storage = new MemoryBackend();
  private final Repository repository = TestRepositories.init(storage);

  @Test
  void forget_running_backup_doesNotStopIt() {
    SnapshotId first = store("a");
    SnapshotId second = store("b");
    try (RepositoryWriter running = repository.writer()) {
      assertThat(repository.forget(List.of(first, first)).removed()).containsExactly(first);
      running.writeFile(new byte[1]);
    }
    assertThat(ids()).containsExactly(second);
    assertThat(repository.locks().list()).isEmpty();
  }

  @Test
  void forget_exclusiveLock_isRefusedAndChangesNothing() {
    SnapshotId id = store("a");
    try (HeldLock lock = repository.locks().exclusive()) {
      lock.requireHeld();
      assertLocked(() -> repository.forget(List.of(id)));
      assertLocked(() -> repository.retag(id, List.of("x")));
    }
    assertThat(ids()).containsExactly(id);
  }

  @Test
  void forget_absent_countsAsRemoved() {
    SnapshotId id = store("a");
    repository.forget(List.of(id));

    assertThat(repository.forget(List.of(id)).removed()).containsExactly(id);
    assertThat(repository.snapshot(id)).isEmpty();
  }

  @Test
  void retag_ofOneThatGoesMeanwhile_isNoDamage() {
    SnapshotId id = store("a");
    FaultyBackend hooked = new FaultyBackend(storage);
    hooked.add((operation, handle, number) -> {
      if (operation == Operation.LOAD && handle.type() == FileType.SNAPSHOT) {
        storage.delete(handle);
      }
    });
    assertThat(TestRepositories.open(hooked).retag(id, List.of("x"))).isEmpty();
    assertThat(ids()).isEmpty();
  }

  @Test
  void forget_nothing_takesNoLock() {
    FaultyBackend faulty = new FaultyBackend(storage);
    TestRepositories.open(faulty).forget(List.of());

    assertThat(faulty.saved()).isEmpty();
  }

  @Test
  void forget_protectedByStorage_keepsItAndSaysUntilWhen() {
    SnapshotId free = store("a");
    SnapshotId held = store("b");
    Instant until = Instant.parse("2199-01-01T00:00:00Z");
    ProtectingBackend protecting = new ProtectingBackend(storage);
    protecting.protect(held, until);
    protecting.protect(free, Instant.EPOCH);
    Repository guarded = TestRepositories.open(protecting);

    ForgetOutcome outcome = guarded.forget(List.of(free, held));

    assertThat(outcome.removed()).containsExactly(free);
    assertThat(outcome.locked()).containsExactly(java.util.Map.entry(held, until));
    assertThat(guarded.lockedUntil(held)).contains(until);
    assertThat(guarded.lockedUntil(free)).isEmpty();
    assertThat(ids()).containsExactly(held);
  }

  @Test
  void retag_snapshot_keepsAllButItsTags() {
    SnapshotId old = store("a");
    Snapshot before = repository.snapshot(old).orElseThrow().snapshot();

    SnapshotId fresh = repository.retag(old, List.of("point=a", "protected=forever")).orElseThrow();
    SnapshotId again = repository.retag(fresh, List.of()).orElseThrow();

    StoredSnapshot after = repository.snapshots().getFirst();
    assertThat(ids()).containsExactly(again);
    assertThat(after.snapshot())
        .isEqualTo(
            new Snapshot(
                before.time(),
                before.tree(),
                before.paths(),
                before.hostname(),
                before.username(),
                List.of(),
                before.programVersion(),
                before.parent(),
                before.summary(),
                Optional.of(old)));
  }

  @Test
  void retag_unknownKeys_stay() throws IOException {
    SnapshotId old = store("a");
    byte[] foreign =
        "{\"time\":\"2020-01-01T00:00:00Z\",\"uid\":7,\"excludes\":[\"x\"],\"novel\":{}}"
            .getBytes(StandardCharsets.UTF_8);

    assertThat(new String(SnapshotFile.retag(foreign, old, List.of("t")), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"time\":\"2020-01-01T00:00:00Z\",\"uid\":7,\"excludes\":[\"x\"],\"novel\":{},"
                + "\"tags\":[\"t\"],\"original\":\""
                + old
                + "\"}");
  }

  @Test
  void retag_absent_isEmpty() {
    SnapshotId id = store("a");
    repository.forget(List.of(id));

    assertThat(repository.retag(id, List.of("x"))).isEmpty();
    assertThat(ids()).isEmpty();
  }

  @Test
  void retag_protectedByStorage_leavesBothVersions() {
    SnapshotId old = store("a");
    ProtectingBackend protecting = new ProtectingBackend(storage);
    protecting.protect(old, Instant.MAX);

    SnapshotId fresh = TestRepositories.open(protecting).retag(old, List.of("x")).orElseThrow();

    assertThat(ids()).containsExactlyInAnyOrder(old, fresh);
  }

  @Test
  void retag_cutAtAnyOperation_neverLosesTheSnapshot() {
    for (int cut = 0; ; cut++) {
      SnapshotId old = store("a" + cut);
      boolean cutOff = cutAfter(cut, b -> TestRepositories.open(b).retag(old, List.of("x")));
      List<StoredSnapshot> left = repository.snapshots();
      assertThat(left).as("cut after %d operations", cut).hasSizeBetween(1, 2);
      assertThat(left)
          .allMatch(s -> s.id().equals(old) || s.snapshot().original().equals(Optional.of(old)));
      repository.locks().removeAll();
      repository.forget(left.stream().map(StoredSnapshot::id).toList());
      if (!cutOff) {
        assertThat(left).hasSize(1);
        return;
      }
    }
  }

  @Test
  void forget_cutAtAnyOperation_isFinishedByTheNext() {
    for (int cut = 0; ; cut++) {
      SnapshotId kept = store("kept" + cut);
      List<SnapshotId> gone = List.of(store("x" + cut), store("y" + cut));
      boolean cutOff = cutAfter(cut, b -> TestRepositories.open(b).forget(gone));
      assertThat(ids()).contains(kept);
      repository.locks().removeAll();
      repository.forget(gone);
      assertThat(ids()).containsExactly(kept);
      repository.forget(List.of(kept));
      if (!cutOff) {
        return;
      }
    }
  }

  @Test
  void snapshots_replacedWhileTheyAreRead_areNeitherMissedNorDamaged() {
    SnapshotId old = store("a");
    FaultyBackend faulty = new FaultyBackend(storage);
    Repository reading = TestRepositories.open(faulty);
    faulty.add((operation, handle, number) -> {
      if (operation == Operation.LOAD && handle.name().equals(old.toString())) {
        repository.retag(old, List.of("x"));
      }
    });

    List<StoredSnapshot> read = reading.snapshots();

    assertThat(read).hasSize(1);
    assertThat(read.getFirst().snapshot().original()).contains(old);
  }

  /// Everything fails after that many operations, as for a process that was killed. Says whether it
  /// came to that.
  private boolean cutAfter(int operations, java.util.function.Consumer<Backend> work) {
    FaultyBackend faulty = new FaultyBackend(storage);
    int[] seen = {0};
    faulty.add((operation, handle, number) -> {
      if (handle.type() != FileType.CONFIG && handle.type() != FileType.KEY) {
        if (seen[0]++ >= operations) {
          throw new IOException("killed");
        }
      }
    });
    try {
      work.accept(faulty);
      return false;
    } catch (RepositoryException killed) {
      return true;
    }
  }

  private SnapshotId store(String name) {
    Stored stored =
        TestRepositories.store(
            repository, name, TestRepositories.disk(name.getBytes(StandardCharsets.UTF_8)));
    return stored.snapshot();
  }

  private List<SnapshotId> ids() {
    return repository.snapshots().stream().map(StoredSnapshot::id).toList();
  }

  private static void assertLocked(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RepositoryException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.LOCKED));
  }
}
