package io.firn.repository.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.FaultyBackend.Operation;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RepositoryLocksTest extends LockTesting {
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

  /// A backup that was killed leaves its lock; nobody should have to remove it by hand before the
  /// next prune on that host.
  @Test
  void lockOfADeadProcessOfThisKernel_goesAwayWithTheNextLock() {
    HeldLock killed = locks(onKernel("here", 2, "boot-1/pid:[1]")).exclusive();
    RepositoryLocks next = locks(onKernel("here", 1, "boot-1/pid:[1]"));
    assertLocked(next::shared);

    processes.remove(2L);

    next.shared().close();
    next.exclusive().close();
    assertThat(next.list()).isEmpty();
    assertCode(killed::requireHeld, FailureCode.LOCK_LOST);
    killed.close();
  }

  /// Containers may have one hostname, and a pid of one means nothing in the other.
  @Test
  void lockOfAnotherKernel_isNobodysToRemoveByTheWay() {
    HeldLock other = locks(onKernel("here", 2, "boot-1/pid:[2]")).exclusive();
    processes.remove(2L);

    assertLocked(locks(onKernel("here", 1, "boot-1/pid:[1]"))::shared);
    assertLocked(locks(onKernel("there", 1, "boot-1/pid:[2]"))::shared);
    other.requireHeld();
    other.close();
  }

  private static ProcessIdentity onKernel(String host, long pid, String kernel) {
    return new ProcessIdentity(host, "tester", pid, Optional.of(kernel));
  }

  @Test
  void thisProcess_knowsItsKernelOnLinux_andReadsItBack() throws IOException {
    ProcessIdentity self = ProcessIdentity.current();
    LockFile lock = new LockFile(Instant.EPOCH, false, self);
    assertThat(LockFile.decode(lock.encode())).isEqualTo(lock);
    assertThat(self.kernel().isPresent()).isEqualTo(System.getProperty("os.name").equals("Linux"));
    assertThat(lock.surelyDead(self, ProcessTable.SYSTEM)).isFalse();
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
}
