package io.firn.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.FaultyBackend;
import io.firn.repository.backend.FaultyBackend.Operation;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.LocalBackend;
import io.firn.repository.backend.MemoryBackend;
import io.firn.repository.backend.PermanentBackendException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryMakingTest {
  private final MemoryBackend backend = new MemoryBackend();

  @Test
  void initAfterAnInitThatWasKilled_startsOver() throws IOException {
    killedBeforeTheConfig();
    assertCode(() -> TestRepositories.open(backend), FailureCode.NOT_A_REPOSITORY);
    TestRepositories.init(backend).close();
    assertThat(backend.list(FileType.KEY)).as("one that restic opens").hasSize(1);
    TestRepositories.open(backend).close();
  }

  @Test
  void initAfterOneWithAnotherPassword_leavesItsKey() throws IOException {
    killedBeforeTheConfig();
    List<FileHandle> left = keys();
    Repository.init(backend, new Password("other".toCharArray()), TestRepositories.OPTIONS).close();
    assertThat(keys()).hasSize(2).containsAll(left);
    assertCode(() -> TestRepositories.open(backend), FailureCode.CORRUPT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cat.jpg", "data/photos/cat.jpg", "keys/house.txt", "data/ab/cat", "CONFIG"})
  void initBesideOtherThings_isRefused_andLeavesThem(String file, @TempDir Path folder)
      throws IOException {
    Path foreign = folder.resolve(file);
    Files.createDirectories(folder.resolve(file).resolveSibling("empty"));
    Files.writeString(foreign, "meow");
    LocalBackend local = new LocalBackend(folder);

    assertThat(local.foreignFile()).hasValue(file);
    assertThatThrownBy(() -> TestRepositories.init(local))
        .hasMessageContaining(file)
        .hasMessageContaining(folder.toString());
    assertThat(local.list(FileType.KEY)).isEmpty();
    Files.delete(foreign);
    TestRepositories.init(local).close();
  }

  @Test
  void initBesideWhatAKilledInitLeaves_startsOver(@TempDir Path folder) throws IOException {
    LocalBackend local = new LocalBackend(folder);
    TestRepositories.init(local).close();
    local.delete(FileHandle.CONFIG);
    Files.writeString(folder.resolve("config-tmp-77"), "half");
    Files.writeString(folder.resolve("keys").resolve("a".repeat(64) + "-tmp-5"), "half");

    TestRepositories.init(local).close();
    TestRepositories.open(local).close();
  }

  @Test
  void initBesideFilesOfARepositoryWithoutConfig_isRefused() throws IOException {
    for (FileType type : FileType.values()) {
      if (type != FileType.KEY && type != FileType.CONFIG) {
        MemoryBackend hurt = new MemoryBackend();
        TestRepositories.init(hurt).close();
        hurt.save(new FileHandle(type, "a".repeat(64)), ByteBuffer.allocate(1));
        hurt.delete(FileHandle.CONFIG);
        assertCode(() -> TestRepositories.init(hurt), FailureCode.ALREADY_EXISTS);
        assertCode(() -> TestRepositories.open(hurt), FailureCode.CORRUPT);
        assertThat(hurt.list(FileType.KEY)).hasSize(1);
      }
    }
  }

  @Test
  void twoInitsAtOnce_oneWins_andTheOtherLeavesNothing() throws IOException {
    FaultyBackend slow = new FaultyBackend(backend);
    slow.add((operation, handle, number) -> {
      if (operation == Operation.SAVE && handle.equals(FileHandle.CONFIG)) {
        TestRepositories.init(backend).close();
      }
    });
    assertCode(() -> TestRepositories.init(slow), FailureCode.ALREADY_EXISTS);
    assertThat(keys()).hasSize(1);
    TestRepositories.open(backend).close();
  }

  private void killedBeforeTheConfig() {
    FaultyBackend killed = new FaultyBackend(backend);
    killed.failNth(
        Operation.SAVE,
        1,
        new PermanentBackendException(
            PermanentBackendException.Reason.NO_SPACE, "full", new IOException("full")));
    assertCode(() -> TestRepositories.init(killed), FailureCode.NO_SPACE);
  }

  private List<FileHandle> keys() throws IOException {
    return backend.list(FileType.KEY).stream().map(file -> file.handle()).toList();
  }

  private static void assertCode(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, FailureCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RepositoryException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
