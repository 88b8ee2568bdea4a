package io.firn.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "10Gi, 10737418240",
    "1.5Ki, 1536",
    "500m, 0.5",
    "2k, 2000",
    "1e3, 1000",
    "1E, 1000000000000000000",
    "1E2, 100"
  })
  void parse_everySuffix(String text, BigDecimal expected) {
    assertThat(Quantity.parse(text)).isEqualByComparingTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"10737418240, 10Gi", "1536, 1536", "2048, 2Ki", "3, 3", "0, 0", "0.5, 500m"})
  void print_takesTheLargestWholeSuffix(BigDecimal value, String expected) {
    assertThat(Quantity.print(value)).isEqualTo(expected);
  }

  @Test
  void parse_nonsense_isRefused() {
    assertThatThrownBy(() -> Quantity.parse("ten")).isInstanceOf(ApiFailure.class);
  }
}
