package io.firn.repository.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSyncTest {
  @TempDir Path folder;

  @Test
  void folder_isSynced_andOneThatIsNotThereIsTold() throws IOException {
    FolderSync.sync(folder);
    assertThatThrownBy(() -> FolderSync.sync(folder.resolve("absent")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void fileSystemThatCannotSyncFolders_isToldFromOneThatFails() {
    assertThat(FolderSync.isUnknown(new IOException("Invalid argument"))).isTrue();
    assertThat(FolderSync.isUnknown(new IOException("Operation not supported"))).isTrue();
    assertThat(FolderSync.isUnknown(new IOException("Input/output error"))).isFalse();
    assertThat(FolderSync.isUnknown(new IOException("No space left on device"))).isFalse();
  }
}
