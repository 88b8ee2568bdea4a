package io.firn.repository.lock;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.firn.repository.TestRepositories;
import java.io.IOException;

class LockFileFuzzTest {
  @FuzzTest
  void lock(byte[] data) {
    try {
      LockFile lock = LockFile.decode(data);
      ProcessIdentity self = new ProcessIdentity("host", "user", 1);
      boolean stale = lock.stale(TestRepositories.NOW, self, pid -> true);
      assertThat(stale).isEqualTo(stale && lock.time().isBefore(TestRepositories.NOW));
    } catch (IOException refused) {
      assertThat(refused.toString()).isNotBlank();
    }
  }
}
