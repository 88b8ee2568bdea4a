package io.firn.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class NewerClassFilesTest {
  private static final String SOME_CLASS = "picocli/CommandLine.class";

  @TempDir Path folder;

  @Test
  void everyClassOfPicocli_isNewAndPassesTheVerifier()
      throws IOException, URISyntaxException, ClassNotFoundException {
    Path old =
        Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path jar = folder.resolve("newer.jar");
    NewerClassFiles.copy(old, jar);

    List<String> names = classes(jar);
    assertThat(names).isEqualTo(classes(old)).hasSizeGreaterThan(100);
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      for (String name : names) {
        // Initialising verifies, and a class without what newer versions must have fails there.
        assertThat(Class.forName(name, true, loader).getClassLoader()).isSameAs(loader);
      }
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      byte[] content = file.getInputStream(file.getJarEntry(SOME_CLASS)).readAllBytes();
      assertThat(ClassFile.of().parse(content).majorVersion()).isEqualTo(69);
      assertThat(file.getJarEntry("META-INF/CHANGED")).isNotNull();
    }
  }

  private static List<String> classes(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(JarEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
          .filter(name -> !name.contains("groovy"))
          .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
          .sorted()
          .toList();
    }
  }
}
