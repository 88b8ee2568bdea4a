package io.firn.repository.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.firn.repository.crypto.SecretKey;
import java.io.IOException;

class KeyFileFuzzTest {
  /// A key file is written by anybody who can write to the storage. What is accepted costs a
  /// bounded amount of memory and work.
  @FuzzTest
  void keyFile(byte[] data) {
    try {
      KdfCost cost = KeyFile.parse(data).cost();
      assertThat(cost.memoryBytes()).isBetween(1L, 1L << 30);
    } catch (IOException refused) {
      assertThat(refused.toString()).isNotBlank();
    }
  }

  @FuzzTest
  void masterKey(byte[] data) {
    try (SecretKey key = MasterKeyJson.decode(data)) {
      assertThat(key.encryption()).hasSize(32);
    } catch (IOException refused) {
      assertThat(refused.toString()).isNotBlank();
    }
  }
}
