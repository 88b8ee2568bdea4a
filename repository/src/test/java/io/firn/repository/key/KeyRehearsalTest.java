package io.firn.repository.key;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class KeyRehearsalTest {
  @Test
  void opensItsKey_andTwoAtOnceDoNotMind() {
    assertThatCode(
            () -> {
              Thread other = Thread.ofPlatform().start(KeyRehearsal::run);
              KeyRehearsal.run();
              other.join();
            })
        .doesNotThrowAnyException();
  }
}
