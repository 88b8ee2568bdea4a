package io.firn.repository.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [Backend] must do. A backend's own test extends this.
public abstract class BackendContract {
  protected static final FileHandle PACK = handle(FileType.PACK, 'a');

  private Backend backend;

  protected BackendContract() {
    backend = new MemoryBackend();
  }

  /// A backend at a fresh, empty place; not yet created.
  protected abstract Backend newBackend() throws IOException;

  protected static FileHandle handle(FileType type, char digit) {
    return new FileHandle(type, String.valueOf(digit).repeat(64));
  }

  @BeforeEach
  void open() throws IOException {
    backend = newBackend();
  }

  @Test
  void exists_beforeAndAfterSave_tellsThemApart() throws IOException {
    assertThat(backend.exists()).isFalse();
    backend.create();
    backend.save(FileHandle.CONFIG, bytes("config"));
    assertThat(backend.exists()).isTrue();
  }

  @Test
  void create_twice_isFine() throws IOException {
    backend.create();
    backend.save(PACK, bytes("x"));
    backend.create();
    assertThat(backend.load(PACK)).isEqualTo("x".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void save_severalBuffers_areOneFile() throws IOException {
    backend.create();
    backend.save(PACK, bytes("one "), bytes(""), bytes("two"));
    assertThat(new String(backend.load(PACK), StandardCharsets.UTF_8)).isEqualTo("one two");
    assertThat(backend.size(PACK)).isEqualTo(7);
  }

  /// Parts as packs have them: large, of any length, from anywhere in an array.
  @ParameterizedTest
  @ValueSource(ints = {(1 << 20) - 1, 1 << 20, (1 << 20) + 4096, (4 << 20) + 1, 9_999_999})
  void save_largeParts_areWhole(int length) throws IOException {
    backend.create();
    byte[] bytes = new byte[100 + length];
    new Random(length).nextBytes(bytes);
    ByteBuffer large = ByteBuffer.wrap(bytes, 100, length);
    backend.save(PACK, bytes("before"), large, large, bytes("after"));
    ByteBuffer whole = ByteBuffer.allocate(2 * length + 11);
    whole.put(bytes("before")).put(large.duplicate()).put(large.duplicate()).put(bytes("after"));
    assertThat(Arrays.equals(backend.load(PACK), whole.array())).isTrue();
    assertThat(large.remaining()).isEqualTo(length);
    FileHandle other = handle(FileType.PACK, 'b');
    backend.save(other, large, bytes("after"));
    assertThat(ByteBuffer.wrap(backend.load(other))).isEqualTo(whole.slice(6 + length, length + 5));
  }

  @Test
  void save_buffers_keepTheirPositions() throws IOException {
    backend.create();
    ByteBuffer content = bytes("abc");
    backend.save(PACK, content);
    assertThat(content.remaining()).isEqualTo(3);
  }

  @Test
  void save_onExisting_failsAndKeepsTheFirst() throws IOException {
    backend.create();
    backend.save(PACK, bytes("first"));
    assertThatThrownBy(() -> backend.save(PACK, bytes("second")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(new String(backend.load(PACK), StandardCharsets.UTF_8)).isEqualTo("first");
  }

  @Test
  void save_everyType_isListedUnderItsTypeOnly() throws IOException {
    backend.create();
    for (FileType type : FileType.values()) {
      FileHandle handle = type == FileType.CONFIG ? FileHandle.CONFIG : handle(type, 'b');
      backend.save(handle, bytes(type.name()));
    }
    for (FileType type : FileType.values()) {
      FileHandle handle = type == FileType.CONFIG ? FileHandle.CONFIG : handle(type, 'b');
      assertThat(backend.list(type)).containsExactly(new FileEntry(handle, type.name().length()));
    }
  }

  @Test
  void list_ofNothing_isEmpty() throws IOException {
    assertThat(backend.list(FileType.PACK)).isEmpty();
    backend.create();
    assertThat(backend.list(FileType.SNAPSHOT)).isEmpty();
  }

  @Test
  void load_range_fillsTheBufferFromItsPosition() throws IOException {
    backend.create();
    backend.save(PACK, bytes("0123456789"));
    ByteBuffer target = ByteBuffer.allocate(6).position(2);
    backend.load(PACK, 3, target);
    assertThat(target.remaining()).isZero();
    assertThat(target.get(2)).isEqualTo((byte) '3');
    assertThat(target.get(5)).isEqualTo((byte) '6');
  }

  @Test
  void load_beyondTheEnd_isEndOfFile() throws IOException {
    backend.create();
    backend.save(PACK, bytes("0123456789"));
    assertThatThrownBy(() -> backend.load(PACK, 8, ByteBuffer.allocate(3)))
        .isInstanceOf(EOFException.class);
  }

  @Test
  void absentFile_isNoSuchFile_andDeletingItIsFine() throws IOException {
    backend.create();
    assertThatThrownBy(() -> backend.load(PACK)).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> backend.size(PACK)).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> backend.load(PACK, 0, ByteBuffer.allocate(1)))
        .isInstanceOf(NoSuchFileException.class);
    backend.delete(PACK);
    backend.save(PACK, bytes("x"));
    backend.delete(PACK);
    assertThat(backend.list(FileType.PACK)).isEmpty();
  }

  @Test
  void save_sameNameFromManyThreads_oneWins() throws Exception {
    backend.create();
    List<Callable<Integer>> writers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      byte[] content = new byte[100_000 + i];
      writers.add(() -> {
        try {
          backend.save(PACK, ByteBuffer.wrap(content));
          return content.length;
        } catch (FileAlreadyExistsException lost) {
          return 0;
        }
      });
    }
    List<Integer> winners = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> writer : threads.invokeAll(writers)) {
        if (writer.get() > 0) {
          winners.add(writer.get());
        }
      }
    }
    assertThat(winners).hasSize(1);
    assertThat(backend.size(PACK)).isEqualTo((long) winners.getFirst());
  }

  protected static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
