package io.firn.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Runs Firn as other users of this machine, with a program that they can read: a copy of the class
/// path. Only root can; elsewhere tests are skipped, and fail in CI. For one thread.
final class UserProcess {
  /// A user by number, as whom nobody need be known, and the groups that they are in.
  record User(int uid, int gid, List<Integer> groups) {}

  private final Path folder;
  private final String classPath;

  /// `folder` becomes readable for everybody.
  UserProcess(Path folder) throws IOException {
    boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(root).as("CI runs as root").isTrue();
    }
    assumeTrue(root, "only root can be other users");
    this.folder = folder;
    Files.setAttribute(folder, "unix:mode", 0755);
    this.classPath = copy(Files.createDirectory(folder.resolve("program")));
  }

  private static String copy(Path program) throws IOException {
    List<String> copied = new ArrayList<>();
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    for (String entry : path.split(File.pathSeparator, -1)) {
      Path source = Path.of(entry);
      if (Files.exists(source)) {
        Path target = program.resolve(copied.size() + "-" + source.getFileName());
        copyTree(source, target);
        copied.add(target.toString());
      }
    }
    return String.join(File.pathSeparator, copied);
  }

  private static void copyTree(Path source, Path target) throws IOException {
    try (Stream<Path> all = Files.walk(source)) {
      for (Path file : all.toList()) {
        Path copy = target.resolve(source.relativize(file).toString());
        Files.copy(file, copy);
        Files.setAttribute(copy, "unix:mode", Files.isDirectory(copy) ? 0755 : 0644);
      }
    }
  }

  /// Exit code and output of a command, run with the strictest umask.
  FirnShell.Outcome run(User user, String... arguments) throws IOException, InterruptedException {
    String groups =
        user.groups().isEmpty()
            ? "--clear-groups"
            : "--groups=" + String.join(",", user.groups().stream().map(g -> "" + g).toList());
    List<String> line =
        new ArrayList<>(
            List.of("setpriv", "--reuid=" + user.uid(), "--regid=" + user.gid(), groups));
    line.addAll(List.of("sh", "-c", "umask 077; exec \"$@\"", "sh"));
    line.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath,
            Firn.class.getName()));
    line.addAll(List.of(arguments));
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("HOME", "/nonexistent");
    int exitCode = builder.start().waitFor();
    return new FirnShell.Outcome(exitCode, Files.readString(output), "");
  }
}
