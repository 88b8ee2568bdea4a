package io.firn.point;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.firn.failure.FirnException;

class ManifestFuzzTest {
  /// Whoever can write to a vault writes what they like into its manifests.
  @FuzzTest
  void manifest(byte[] data) {
    try {
      assertThat(ManifestJson.read(data)).isNotNull();
    } catch (FirnException refused) {
      assertThat(refused.failure().summary()).isNotBlank();
    }
  }
}
