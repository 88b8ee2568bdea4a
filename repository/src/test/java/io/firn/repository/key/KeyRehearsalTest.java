package io.firn.repository.key;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class KeyRehearsalTest {
  @Test
  void opensItsKey_andTwoAtOnceDoNotMind() {
    CompletableFuture<Void> other = CompletableFuture.runAsync(KeyRehearsal::run);
    assertThatCode(KeyRehearsal::run).doesNotThrowAnyException();
    assertThatCode(other::join).doesNotThrowAnyException();
  }
}
