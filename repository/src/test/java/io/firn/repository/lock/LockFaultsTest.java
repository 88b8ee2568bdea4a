package io.firn.repository.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FaultyBackend.Operation;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.ForwardingBackend;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Locks where storage, memory, a person or an interrupt comes in between: none is left behind,
/// none comes back.
class LockFaultsTest extends LockTesting {
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
}
