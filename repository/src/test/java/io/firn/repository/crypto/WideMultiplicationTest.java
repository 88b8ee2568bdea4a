package io.firn.repository.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WideMultiplicationTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "fpu sse2 avx512f avx512ifma sha_ni, true",
    "fpu sse2 avx2 avx_ifma, true",
    "fpu sse2 avx2 avx512f sha_ni, false",
    "fpu notavx512ifma, false",
  })
  void listed_flagsOfFirstProcessor_countWhole(String flags, boolean expected) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("cpuinfo"),
            "processor\t: 0\nflags\t\t: %s\nbugs\t: \n".formatted(flags));
    assertThat(WideMultiplication.listed(file)).isEqualTo(expected);
  }

  @Test
  void listed_otherWordsOrNoFile_isFalse() throws IOException {
    Path arm = Files.writeString(folder.resolve("arm"), "Features\t: fp asimd aes sha2\n");
    assertThat(WideMultiplication.listed(arm)).isFalse();
    assertThat(WideMultiplication.listed(folder.resolve("none"))).isFalse();
  }
}
