package io.firn.repository.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/concurrency.md promises a test for each row: it names only tests that there are.
class ConcurrencyPageTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern NAMED = Pattern.compile("`(?:\\w*\\.)?([a-z]\\w*_\\w+)`");
  private static final Pattern TEST = Pattern.compile("  void (\\w+)\\(");

  @Test
  void page_namesOnlyTestsThatExist_andOneForEachRow() throws IOException {
    Set<String> tests =
        Stream.of("repository", "engine")
            .flatMap(module -> sources(ROOT.resolve(module).resolve("src/test/java")))
            .flatMap(source -> found(TEST, source).stream())
            .collect(Collectors.toSet());
    String page = Files.readString(ROOT.resolve("docs/concurrency.md"));
    assertThat(found(NAMED, page))
        .hasSizeGreaterThan(20)
        .allSatisfy(name -> assertThat(tests).contains(name));
    assertThat(page.substring(page.indexOf("## The rows")).lines())
        .filteredOn(line -> line.startsWith("| ") && line.endsWith("|"))
        .allSatisfy(row -> assertThat(row).containsPattern("`|test|the same test"));
  }

  private static Stream<String> sources(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(ConcurrencyPageTest::text)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> found(Pattern pattern, String text) {
    List<String> names = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }
}
