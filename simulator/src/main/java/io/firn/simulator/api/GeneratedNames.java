package io.firn.simulator.api;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Names for generateName: the prefix and five characters of Kubernetes' alphabet, which has no
/// vowels and no digits that look like letters (`k8s.io/apimachinery/pkg/util/rand`).
///
/// Thread-safe.
final class GeneratedNames {
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
  private static final int SUFFIX = 5;
  private static final int LONGEST_PREFIX = 63 - SUFFIX;

  private final RandomGenerator random;

  GeneratedNames(long seed) {
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  synchronized String next(String prefix) {
    StringBuilder name =
        new StringBuilder(prefix.substring(0, Math.min(prefix.length(), LONGEST_PREFIX)));
    for (int i = 0; i < SUFFIX; i++) {
      name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return name.toString();
  }
}
