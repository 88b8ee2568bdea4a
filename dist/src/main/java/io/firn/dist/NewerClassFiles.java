package io.firn.dist;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/// Copies a jar with all its class files in the format of Java 25. What a class does stays as it
/// is.
///
/// For libraries that were compiled for Java 5 or older: the runtime keeps their classes in no
/// class archive, and checks each at every start (docs/decisions/0044). The build runs it; the
/// product does not.
final class NewerClassFiles {
  private static final int JAVA_25 = 69;
  private static final String NOTICE =
      "The class files in here were changed: they were converted to the class file format of Java 25."
          + " Nothing else was.\n";

  private final ClassFile format;

  private NewerClassFiles(ClassLoader classes) {
    ClassHierarchyResolver hierarchy =
        ClassHierarchyResolver.ofResourceParsing(classes)
            .orElse(ClassHierarchyResolver.defaultResolver());
    format =
        ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS, ClassHierarchyResolverOption.of(hierarchy));
  }

  /// The jar to read, and the one to make.
  public static void main(String[] arguments) throws IOException {
    copy(Path.of(arguments[0]), Path.of(arguments[1]));
  }

  static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.toAbsolutePath().getParent());
    try (JarFile jar = new JarFile(from.toFile());
        URLClassLoader classes = new URLClassLoader(new URL[] {from.toUri().toURL()});
        OutputStream file = Files.newOutputStream(to);
        JarOutputStream copy = new JarOutputStream(file)) {
      new NewerClassFiles(classes).copy(jar, copy);
    }
  }

  private void copy(JarFile jar, JarOutputStream copy) throws IOException {
    Enumeration<JarEntry> entries = jar.entries();
    while (entries.hasMoreElements()) {
      JarEntry entry = entries.nextElement();
      byte[] content = jar.getInputStream(entry).readAllBytes();
      put(copy, entry, isClass(entry.getName()) ? newer(content) : content);
    }
    JarEntry notice = new JarEntry("META-INF/CHANGED");
    notice.setTime(0);
    put(copy, notice, NOTICE.getBytes(StandardCharsets.UTF_8));
  }

  private static void put(JarOutputStream copy, JarEntry like, byte[] content) throws IOException {
    JarEntry entry = new JarEntry(like.getName());
    entry.setTime(like.getTime());
    copy.putNextEntry(entry);
    copy.write(content);
    copy.closeEntry();
  }

  private static boolean isClass(String name) {
    return name.endsWith(".class") && !name.endsWith("module-info.class");
  }

  /// Every method is written anew, so that it gets the stack maps that newer versions must have.
  private byte[] newer(byte[] old) {
    ClassTransform version =
        (builder, element) -> {
          if (element instanceof ClassFileVersion) {
            builder.withVersion(JAVA_25, 0);
          } else {
            builder.with(element);
          }
        };
    ClassTransform code = ClassTransform.transformingMethodBodies(CodeBuilder::with);
    return format.transformClass(format.parse(old), version.andThen(code));
  }
}
