package io.firn.repository.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FaultyBackend;
import io.firn.repository.backend.MemoryBackend;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.unpacked.UnpackedFiles;
import java.util.HashSet;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// Three who lock one repository, two of them on one host, and what their tests ask.
abstract class LockTesting {
  final FaultyBackend backend = new FaultyBackend(new MemoryBackend());
  final ManualTimer timer = new ManualTimer();
  final Set<Long> processes = new HashSet<>(Set.of(1L, 2L));
  final RepositoryLocks mine = locks("here", 1);
  final RepositoryLocks neighbour = locks("here", 2);
  final RepositoryLocks remote = locks("there", 3);

  final RepositoryLocks locks(String host, long pid) {
    return locks(backend, timer, host, pid);
  }

  final RepositoryLocks locks(ProcessIdentity self) {
    return locks(backend, timer, self);
  }

  final RepositoryLocks locks(Backend through, LockTimer waiting, String host, long pid) {
    return locks(through, waiting, new ProcessIdentity(host, "tester", pid));
  }

  final RepositoryLocks locks(Backend through, LockTimer waiting, ProcessIdentity self) {
    return new RepositoryLocks(
        through,
        new UnpackedFiles(through, new SecretKey(new byte[SecretKey.BYTES])),
        timer,
        waiting,
        self,
        processes::contains);
  }

  static void assertLocked(ThrowingCallable action) {
    assertCode(action, FailureCode.LOCKED);
  }

  static void assertCode(ThrowingCallable action, FailureCode code) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            RepositoryException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
