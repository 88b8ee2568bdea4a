package io.firn.repository.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.backend.FaultyBackend.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryingBackendTest {
  private static final FileHandle PACK = BackendContract.handle(FileType.PACK, 'a');

  private final FaultyBackend faulty = new FaultyBackend(new MemoryBackend());
  private final List<Duration> pauses = new ArrayList<>();
  private final Backend retrying = new RetryingBackend(faulty, pauses::add);

  @Test
  void failureThatPasses_isNotSeen() throws IOException {
    faulty.failNth(Operation.SAVE, 0, new IOException("once"));
    faulty.failNth(Operation.LOAD, 0, new IOException("once"));
    faulty.failNth(Operation.LOAD, 1, new IOException("twice"));
    retrying.save(PACK, BackendContract.bytes("abc"));
    ByteBuffer target = ByteBuffer.allocate(3);
    retrying.load(PACK, 0, target);
    assertThat(target.flip()).isEqualTo(BackendContract.bytes("abc"));
    assertThat(pauses)
        .containsExactly(Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofMillis(200));
  }

  @Test
  void failureThatStays_isThrownAfterABoundedNumberOfTries() {
    faulty.cutAtSave(0);
    assertThatThrownBy(() -> retrying.save(PACK, BackendContract.bytes("abc")))
        .hasMessage("the cable is cut");
    assertThat(pauses).hasSize(4);
  }

  @Test
  void permanentFailure_isThrownAtOnce() {
    faulty.failNth(
        Operation.SAVE,
        0,
        new PermanentBackendException(
            PermanentBackendException.Reason.NO_SPACE, "full", new IOException()));
    assertThatThrownBy(() -> retrying.save(PACK, BackendContract.bytes("abc")))
        .isInstanceOf(PermanentBackendException.class);
    assertThat(pauses).isEmpty();
  }

  /// Two who init one place bring configs of one name and size.
  @Test
  void config_thatSomebodyElseSavedMeanwhile_isNotOurs() throws IOException {
    faulty.add((operation, handle, number) -> {
      if (operation == Operation.SAVE && number == 0) {
        faulty.save(handle, BackendContract.bytes("his"));
        throw new IOException("nothing was saved");
      }
    });
    assertThatThrownBy(() -> retrying.save(FileHandle.CONFIG, BackendContract.bytes("our")))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void saveThatFailedAndStillSaved_isASuccess() throws IOException {
    faulty.add((operation, handle, number) -> {
      if (operation == Operation.SAVE && number == 0) {
        faulty.save(handle, BackendContract.bytes("abc"));
        throw new IOException("the answer was lost");
      }
    });
    retrying.save(PACK, BackendContract.bytes("abc"));
    assertThat(retrying.size(PACK)).isEqualTo(3);
  }
}
