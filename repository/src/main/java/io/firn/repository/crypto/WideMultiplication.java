package io.firn.repository.crypto;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/// Whether this runtime compiles its Poly1305 to the processor's instructions for many products of
/// 52 bits at once. Without them its code is five times slower than ours.
final class WideMultiplication {
  private static final Set<String> NAMES = Set.of("avx512ifma", "avx_ifma");

  /// By Linux's words for the processor, and unless only the first compiler is in use, which does
  /// not know them.
  static final boolean COMPILED =
      !System.getProperty("java.vm.info", "").contains("emulated-client")
          && listed(Path.of("/proc/cpuinfo"));

  private WideMultiplication() {}

  /// Whether the first processor in such a file has them; not where there is no file.
  static boolean listed(Path processors) {
    try (BufferedReader lines = Files.newBufferedReader(processors)) {
      String line = lines.readLine();
      while (line != null) {
        if (line.startsWith("flags")) {
          return Stream.of(line.split("\\s+")).anyMatch(NAMES::contains);
        }
        line = lines.readLine();
      }
      return false;
    } catch (IOException notLinux) {
      return false;
    }
  }
}
