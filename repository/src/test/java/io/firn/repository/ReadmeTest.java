package io.firn.repository;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The module's README says what is true.
class ReadmeTest {
  private static final Path README = Path.of("README.md");

  @TempDir Path folder;

  @Test
  void example_compilesAndRuns_andGivesTheFileBack() throws Exception {
    compile(example());
    Path disk = TestDisks.mixed(folder.resolve("disk.img"), 3_000_000, 6);
    Path copy = folder.resolve("copy.img");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      String[] names = {disk.toString(), folder.resolve("vault").toString(), copy.toString()};
      loader.loadClass("Example").getMethod("main", String[].class).invoke(null, (Object) names);
    }
    assertThat(Files.mismatch(disk, copy)).isEqualTo(-1);
  }

  @Test
  void map_namesPackagesAndClassesThatExist() throws IOException {
    String map = Files.readString(README).split("## Where each section", 2)[1];
    Path sources = Path.of("src", "main", "java", "io", "firn", "repository");
    try (Stream<Path> files = Files.walk(sources)) {
      List<String> known =
          files
              .map(path -> requireNonNull(path.getFileName()).toString().replace(".java", ""))
              .toList();
      Matcher names = Pattern.compile("`([A-Za-z]+)`").matcher(map);
      while (names.find()) {
        assertThat(known).contains(names.group(1));
      }
    }
  }

  private static String example() throws IOException {
    Matcher block =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(README));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private void compile(String source) {
    JavaCompiler compiler = requireNonNull(ToolProvider.getSystemJavaCompiler());
    StringWriter messages = new StringWriter();
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    SimpleJavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///Example.java"), javax.tools.JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreErrors) {
            return source;
          }
        };
    List<String> options = List.of("-proc:none", "-cp", classes, "-d", folder.toString());
    assertThat(compiler.getTask(messages, null, null, options, null, List.of(file)).call())
        .as(messages.toString())
        .isTrue();
  }
}
