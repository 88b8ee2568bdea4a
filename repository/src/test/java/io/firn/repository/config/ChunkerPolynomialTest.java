package io.firn.repository.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class ChunkerPolynomialTest {
  @Test
  void knownPolynomials_areTold() {
    assertThat(ChunkerPolynomial.irreducible(0x3da3358b4dc173L)).isTrue();
    assertThat(ChunkerPolynomial.irreducible(0b111)).isTrue();
    assertThat(ChunkerPolynomial.irreducible(0b1011)).isTrue();
    assertThat(ChunkerPolynomial.irreducible(0b101)).as("(x+1)^2").isFalse();
    assertThat(ChunkerPolynomial.irreducible(0b10101)).as("(x^2+x+1)^2").isFalse();
    assertThat(ChunkerPolynomial.irreducible(0x3da3358b4dc172L)).as("divisible by x").isFalse();
  }

  @Test
  void random_isOfDegree53AndIrreducible() {
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < 20; i++) {
      long polynomial = ChunkerPolynomial.random(random);
      assertThat(63 - Long.numberOfLeadingZeros(polynomial)).isEqualTo(53);
      assertThat(ChunkerPolynomial.irreducible(polynomial)).isTrue();
    }
  }
}
