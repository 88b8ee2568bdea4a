package io.firn.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventLogTest {
  private static EventLog logOf(int capacity, long... revisions) {
    EventLog log = new EventLog(capacity);
    for (long revision : revisions) {
      log.add(
          new StoreEvent(
              StoreEvent.Type.ADDED,
              revision,
              JsonNodeFactory.instance.objectNode(),
              Optional.empty()));
    }
    return log;
  }

  private static List<Long> after(EventLog log, long revision) {
    return log.after(revision).orElseThrow().stream().map(StoreEvent::revision).toList();
  }

  @Test
  void after_returnsLaterOnes_inOrder() {
    EventLog log = logOf(10, 3, 5, 9);

    assertThat(after(log, 0)).containsExactly(3L, 5L, 9L);
    assertThat(after(log, 3)).containsExactly(5L, 9L);
    assertThat(after(log, 4)).containsExactly(5L, 9L);
    assertThat(after(log, 9)).isEmpty();
  }

  @Test
  void after_forgotten_isEmptyOptional() {
    EventLog log = logOf(2, 3, 5, 9);

    assertThat(log.after(2)).isEmpty();
    assertThat(after(log, 3)).containsExactly(5L, 9L);
    assertThat(log.oldest()).isEqualTo(3);
  }
}
