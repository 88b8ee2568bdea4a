package io.firn.repository.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.RepositoryException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PackQueueTest {
  /// A pack that nobody could look into must not count as sound.
  @Test
  void error_onAThread_isThrownToTheBringer() {
    try (PackQueue queue = new PackQueue(1)) {
      queue.add(() -> {
        throw new StackOverflowError("too deep");
      });
      assertThatThrownBy(queue::finish)
          .isInstanceOf(StackOverflowError.class)
          .hasMessage("too deep");
    }
  }

  @Test
  void interruptedWhileWaiting_isNoEnd() {
    Thread bringer = Thread.currentThread();
    AtomicBoolean second = new AtomicBoolean();
    try (PackQueue queue = new PackQueue(1)) {
      queue.add(() -> {
        bringer.interrupt();
        awaitInterrupt();
      });
      queue.add(() -> second.set(true));
      assertThatThrownBy(queue::finish)
          .isInstanceOf(RepositoryException.class)
          .hasMessageContaining("interrupted");
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(second).isFalse();
  }

  private static void awaitInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException expected) {
      Thread.currentThread().interrupt();
    }
  }
}
