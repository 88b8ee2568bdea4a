package io.firn.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SizeConverterTest {
  @ParameterizedTest
  @CsvSource({"0, 0", "17, 17", "512K, 524288", "20G, 21474836480", "1TiB, 1099511627776"})
  void convert_whatPeopleWrite_isRead(String text, long bytes) {
    assertThat(new SizeConverter().convert(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "G", "-1", "1.5G", "1 G", "5X", "999999999999T"})
  void convert_anythingElse_isRefused(String text) {
    assertThatThrownBy(() -> new SizeConverter().convert(text))
        .isInstanceOf(TypeConversionException.class);
  }
}
