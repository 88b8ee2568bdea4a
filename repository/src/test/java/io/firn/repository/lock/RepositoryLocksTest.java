package io.firn.repository.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FaultyBackend;
import io.firn.repository.backend.FaultyBackend.Operation;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.ForwardingBackend;
import io.firn.repository.backend.MemoryBackend;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.unpacked.UnpackedFiles;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RepositoryLocksTest {
  private final FaultyBackend backend = new FaultyBackend(new MemoryBackend());
  private final ManualTimer timer = new ManualTimer();
  private final Set<Long> processes = new HashSet<>(Set.of(1L, 2L));
  private final RepositoryLocks mine = locks("here", 1);
  private final RepositoryLocks neighbour = locks("here", 2);
  private final RepositoryLocks remote = locks("there", 3);

  @Test
  void sharedLocks_goTogether_exclusiveOnesAlone() {
    try (HeldLock a = mine.shared();
        HeldLock b = remote.shared()) {
      a.requireHeld();
      b.requireHeld();
      assertThat(neighbour.list()).hasSize(2);
      assertLocked(neighbour::exclusive);
    }
    try (HeldLock alone = mine.exclusive()) {
      alone.requireHeld();
      assertLocked(neighbour::shared);
      assertLocked(remote::exclusive);
    }
    assertThat(mine.list()).isEmpty();
    assertThat(timer.timers()).isZero();
  }

  @Test
  void sharedWhile_looksWhenTheLockIsThere_andHandsTheFailureOn() {
    Looked<Integer> looked = mine.sharedWhile(() -> neighbour.list().size());
    try (HeldLock lock = looked.lock()) {
      lock.requireHeld();
      assertThat(looked.seen()).isEqualTo(1);
    }
    assertThatThrownBy(() ->
            mine.sharedWhile(() -> {
              throw new IllegalStateException("nothing to see");
            }))
        .hasMessage("nothing to see");
    assertThatThrownBy(() ->
            mine.sharedWhile(() -> {
              throw new OutOfMemoryError("no room for the index");
            }))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(mine.list()).isEmpty();
    assertThat(timer.timers()).isZero();
  }

  /// Somebody locks alone between our first look and our lock, and goes while we wait for him: what
  /// we saw of the repository while he was there does not count.
  @Test
  void sharedWhile_somebodyAloneMeanwhile_looksAnew() {
    List<HeldLock> others = new ArrayList<>();
    AtomicInteger looks = new AtomicInteger();
    AtomicInteger listsAfterTheLook = new AtomicInteger();
    backend.add((operation, handle, number) -> {
      if (operation == Operation.SAVE && number == 0) {
        others.add(remote.exclusive());
      }
      if (operation == Operation.LIST
          && looks.get() == 1
          && listsAfterTheLook.incrementAndGet() == 2) {
        others.forEach(HeldLock::close);
      }
    });
    Looked<Integer> looked =
        mine.waiting(Duration.ofMinutes(2)).sharedWhile(looks::incrementAndGet);
    try (HeldLock lock = looked.lock()) {
      lock.requireHeld();
      assertThat(looked.seen()).isEqualTo(2);
    }
  }

  @Test
  void locked_namesHostProcessAndAge() {
    try (HeldLock held = remote.exclusive()) {
      held.requireHeld();
      timer.pass(Duration.ofMinutes(3));
      assertThatThrownBy(mine::shared)
          .isInstanceOfSatisfying(
              RepositoryException.class,
              e -> {
                assertThat(e.getMessage()).contains("exclusively by tester@there (PID 3)");
                assertThat(e.context())
                    .containsEntry("hostname", "there")
                    .containsEntry("pid", "3");
                assertThat(e.context()).containsEntry("age", "PT3M0.2S");
              });
    }
  }

  @Test
  void twoWhoLockAtOnce_seeEachOther_andTheLoserLeavesNothing() {
    HeldLock[] other = new HeldLock[1];
    backend.add((operation, handle, number) -> {
      if (operation == Operation.SAVE && number == 0) {
        other[0] = remote.shared();
      }
    });
    assertLocked(mine::exclusive);
    other[0].requireHeld();
    assertThat(mine.list()).extracting(LockEntry::hostname).containsExactly("there");
    other[0].close();
  }

  @Test
  void refresh_writesTheNewLockBeforeTheOldOneGoes() throws IOException {
    try (HeldLock held = mine.shared()) {
      FileHandle first = backend.list(FileType.LOCK).getFirst().handle();
      timer.pass(Duration.ofMinutes(5));
      backend.add((operation, handle, number) -> {
        if (operation == Operation.DELETE && handle.equals(first)) {
          assertThat(backend.list(FileType.LOCK)).hasSize(2);
        }
      });
      timer.tick();
      assertThat(backend.list(FileType.LOCK)).hasSize(1);
      assertThat(backend.list(FileType.LOCK).getFirst().handle()).isNotEqualTo(first);
      assertThat(mine.list().getFirst().age()).isZero();
      held.requireHeld();
    }
  }

  @Test
  void refreshFailing_isForgivenForAWhile_thenTheLockIsLost() {
    HeldLock held = mine.shared();
    boolean[] broken = {true};
    backend.add((operation, handle, number) -> {
      if (broken[0] && operation == Operation.SAVE) {
        throw new IOException("storage is away");
      }
    });
    for (int i = 0; i < 4; i++) {
      timer.pass(Duration.ofMinutes(5));
      timer.tick();
      held.requireFresh();
    }
    timer.pass(Duration.ofMinutes(3));
    assertCode(held::requireFresh, FailureCode.LOCK_LOST);
    broken[0] = false;
    timer.tick();
    held.requireHeld();
    held.close();
    assertThat(mine.list()).isEmpty();
  }

  @Test
  void lockRemovedByOthers_isLost() {
    try (HeldLock held = mine.shared()) {
      assertThat(remote.removeAll()).isEqualTo(1);
      held.requireFresh();
      assertCode(held::requireHeld, FailureCode.LOCK_LOST);
    }
  }

  @Test
  void stale_isOldOrOfADeadProcessHere() {
    HeldLock here = neighbour.shared();
    HeldLock there = remote.shared();
    assertThat(mine.list()).noneMatch(LockEntry::stale);

    processes.remove(2L);
    assertThat(mine.list().stream().filter(LockEntry::stale))
        .extracting(LockEntry::hostname)
        .containsExactly("here");
    assertThat(mine.removeStale()).isEqualTo(1);

    timer.pass(Duration.ofMinutes(29));
    assertThat(mine.list()).noneMatch(LockEntry::stale);
    timer.pass(Duration.ofMinutes(2));
    assertThat(mine.list()).allMatch(LockEntry::stale);
    assertThat(mine.removeStale()).isEqualTo(1);
    here.close();
    there.close();
  }

  @Test
  void staleExclusiveLock_stillLocks_andSaysWhatToDo() {
    HeldLock gone = neighbour.exclusive();
    processes.remove(2L);
    assertThatThrownBy(mine::shared)
        .hasMessageContaining("Its owner is gone: unlock the repository");
    mine.removeStale();
    gone.close();
    mine.shared().close();
  }

  @Test
  void unreadableLock_locks_untilAllAreRemoved() throws IOException {
    backend.save(new FileHandle(FileType.LOCK, "e".repeat(64)), ByteBuffer.wrap(new byte[50]));
    assertLocked(mine::shared);
    assertLocked(mine::list);
    assertThat(mine.removeAll()).isEqualTo(1);
    mine.shared().close();
  }

  @Test
  void emptyLockFile_isIgnored() throws IOException {
    backend.save(new FileHandle(FileType.LOCK, "e".repeat(64)), ByteBuffer.allocate(0));
    assertThat(mine.list()).isEqualTo(List.of());
    mine.exclusive().close();
  }

  @Test
  void waiting_forALockThatGoes_takesItsTurn() {
    HeldLock held = remote.exclusive();
    int[] looks = {0};
    backend.add((operation, handle, number) -> {
      if (operation == Operation.LIST && looks[0]++ == 3) {
        held.close();
      }
    });
    try (HeldLock mineAtLast = mine.waiting(Duration.ofMinutes(2)).shared()) {
      mineAtLast.requireHeld();
    }
    assertThat(looks[0]).isBetween(4, 6);
  }

  @Test
  void waiting_forALockThatStays_endsAndNamesItsOwner() {
    Instant before = timer.instant();
    try (HeldLock held = remote.shared()) {
      assertThatThrownBy(() -> mine.waiting(Duration.ofMinutes(2)).exclusive())
          .hasMessageContaining("by tester@there (PID 3)")
          .hasMessageContaining("and still is after 120 s");
      held.requireHeld();
    }
    assertThat(Duration.between(before, timer.instant()))
        .isBetween(Duration.ofSeconds(120), Duration.ofSeconds(121));
    assertThat(mine.list()).isEmpty();
  }

  @Test
  void waiting_forALockOfADeadProcess_isUseless_andNotDone() {
    HeldLock gone = neighbour.exclusive();
    processes.remove(2L);
    Instant before = timer.instant();
    assertThatThrownBy(() -> mine.waiting(Duration.ofMinutes(2)).shared())
        .hasMessageContaining("unlock the repository");
    assertThat(timer.instant()).isEqualTo(before);
    gone.close();
  }

  @Test
  void lockShared_letsWritersIn_andKeepsOthersOut() {
    try (HeldLock held = mine.exclusive()) {
      assertLocked(remote::shared);
      held.share();
      remote.shared().close();
      assertLocked(remote::exclusive);
      held.requireHeld();
      timer.tick();
      remote.shared().close();
    }
    assertThat(mine.list()).isEmpty();
  }

  /// A prune's lock is refreshed between our list and our look at it: his new one is not in the
  /// list, his old one is gone.
  @Test
  void insist_whileTheOneAloneIsRefreshed_seesHim() {
    try (HeldLock held = mine.shared()) {
      held.giveWay();
      try (HeldLock alone = remote.exclusiveBeside(begun -> true)) {
        AtomicInteger looks = new AtomicInteger();
        backend.add((operation, handle, number) -> {
          if (operation == Operation.LOAD && looks.getAndIncrement() == 0) {
            timer.pass(Duration.ofMinutes(5));
            alone.refresh();
          }
        });
        assertLocked(() -> mine.insist(held));
        assertThat(looks.get()).isPositive();
      }
      mine.insist(held);
    }
  }

  /// Somebody else may have locked, worked and gone in between.
  @Test
  void refresh_ofALockThatWasRemoved_doesNotBringItBack() {
    try (HeldLock held = mine.exclusive()) {
      assertThat(remote.removeAll()).isEqualTo(1);
      timer.pass(Duration.ofMinutes(5));
      timer.tick();
      assertCode(held::requireHeld, FailureCode.LOCK_LOST);
      assertCode(held::requireFresh, FailureCode.LOCK_LOST);
      assertThat(remote.list()).isEmpty();
    }
  }

  @Test
  void refresh_thatCannotRemoveTheOldLock_doesSoNextTime() {
    try (HeldLock held = mine.shared()) {
      failOnce(Operation.DELETE, new IOException("storage is away"));
      timer.tick();
      assertThat(mine.list()).hasSize(2);
      timer.tick();
      assertThat(mine.list()).hasSize(1);
      held.requireHeld();
    }
  }

  @Test
  void share_thatCannotRemoveTheExclusiveLock_fails_andLeavesNothingInTheEnd() {
    try (HeldLock held = mine.exclusive()) {
      failOnce(Operation.DELETE, new IOException("storage is away"));
      assertCode(held::share, FailureCode.BACKEND);
      assertLocked(remote::shared);
    }
    assertThat(mine.list()).isEmpty();
  }

  /// The scheduler of a timer runs nothing again that has thrown once.
  @Test
  void refresh_withoutMemory_isTriedAgain() {
    try (HeldLock held = mine.shared()) {
      boolean[] full = {true};
      backend.add((operation, handle, number) -> {
        if (full[0] && operation == Operation.SAVE) {
          throw new OutOfMemoryError("for a moment");
        }
      });
      timer.pass(Duration.ofMinutes(20));
      assertThatCode(timer::tick).doesNotThrowAnyException();
      full[0] = false;
      timer.tick();
      timer.pass(Duration.ofMinutes(20));
      held.requireHeld();
    }
  }

  @Test
  void savedLock_whoseAnswerGotLost_doesNotStay() {
    boolean[] lost = {true};
    Backend far =
        new ForwardingBackend(backend) {
          @Override
          public void save(FileHandle handle, ByteBuffer... content) throws IOException {
            super.save(handle, content);
            if (lost[0]) {
              throw new IOException("no answer");
            }
          }
        };
    RepositoryLocks distant = locks(far, timer, "far", 4);
    assertCode(distant::shared, FailureCode.BACKEND);
    assertThat(mine.list()).isEmpty();
    lost[0] = false;
    try (HeldLock held = distant.shared()) {
      lost[0] = true;
      timer.tick();
      assertThat(mine.list()).hasSize(1);
      held.requireHeld();
    }
    assertThat(mine.list()).isEmpty();
  }

  /// A client of S3 sends nothing for a thread that is interrupted.
  @Test
  void interrupted_leavesNoLock_andStaysInterrupted() {
    Backend s3 =
        new ForwardingBackend(backend) {
          @Override
          public void delete(FileHandle handle) throws IOException {
            if (Thread.currentThread().isInterrupted()) {
              throw new InterruptedIOException("interrupted");
            }
            super.delete(handle);
          }
        };
    HeldLock held = locks(s3, timer, "far", 4).shared();
    Thread.currentThread().interrupt();
    held.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(mine.list()).isEmpty();

    ManualTimer interrupting =
        new ManualTimer() {
          @Override
          public void pause(Duration duration) throws InterruptedException {
            throw new InterruptedException();
          }
        };
    assertThatThrownBy(locks(s3, interrupting, "far", 4)::shared)
        .hasMessageContaining("interrupted while locking");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(mine.list()).isEmpty();
  }

  @Test
  void loser_whoCannotRemoveHisLock_isToldOfTheWinner() {
    HeldLock[] other = new HeldLock[1];
    backend.add((operation, handle, number) -> {
      if (operation == Operation.SAVE && number == 0) {
        other[0] = remote.shared();
        failOnce(Operation.DELETE, new IOException("storage is away"));
      }
    });
    assertLocked(mine::exclusive);
    other[0].close();
  }

  private void failOnce(Operation failing, IOException failure) {
    boolean[] failed = {false};
    backend.add((operation, handle, number) -> {
      if (operation == failing && !failed[0]) {
        failed[0] = true;
        throw failure;
      }
    });
  }

  private RepositoryLocks locks(String host, long pid) {
    return locks(backend, timer, host, pid);
  }

  private RepositoryLocks locks(Backend through, LockTimer waiting, String host, long pid) {
    return new RepositoryLocks(
        through,
        new UnpackedFiles(through, new SecretKey(new byte[SecretKey.BYTES])),
        timer,
        waiting,
        new ProcessIdentity(host, "tester", pid),
        processes::contains);
  }

  private static void assertLocked(ThrowingCallable action) {
    assertCode(action, FailureCode.LOCKED);
  }

  private static void assertCode(ThrowingCallable action, FailureCode code) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            RepositoryException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
