package io.firn.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.dist.UserProcess.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A vault that several users share by a group: two people, a mover of a Filesystem claim (107) and
/// one that was told to be root, each with the strictest umask and a primary group of their own.
class SharedVaultEndToEndTest {
  private static final int BACKUP = 30_000;
  private static final User ALICE = new User(20_001, 20_001, List.of(BACKUP));
  private static final User BOB = new User(20_002, 20_002, List.of(BACKUP));
  private static final User MOVER = new User(107, 107, List.of(BACKUP));
  private static final User ROOT = new User(0, 107, List.of(BACKUP));
  private static final User STRANGER = new User(20_003, 20_003, List.of());

  @TempDir static Path common;
  private static UserProcess users;
  private static Path password;

  @BeforeAll
  static void prepare() throws IOException {
    users = new UserProcess(common);
    password = readable(Files.writeString(common.resolve("password"), "snow"));
  }

  /// As `install -m 2770` and a claim with an fsGroup have it.
  @Test
  void folderThatHandsItsGroupDown_isSharedByAll() throws Exception {
    Path vault = folder("setgid", 02770);
    useTogether(vault);
    assertThat(seen(vault)).containsExactlyInAnyOrder("2770 " + BACKUP, "440 " + BACKUP);
    strangerIsShutOut(vault);
  }

  @Test
  void folderOfAGroup_isSharedByAll() throws Exception {
    Path vault = folder("group", 0770);
    useTogether(vault);
    assertThat(seen(vault)).containsExactlyInAnyOrder("770 " + BACKUP, "440 " + BACKUP);
  }

  private static void useTogether(Path vault) throws Exception {
    firn(ALICE, vault, "vault", "init");
    store(ROOT, vault, "shop", 1);
    store(MOVER, vault, "shop", 2);
    store(ALICE, vault, "shop", 3);
    store(MOVER, vault, "web", 4);
    store(BOB, vault, "web", 5);
    store(ROOT, vault, "web", 6);
    firn(BOB, vault, "vault", "check", "--read-data");
    firn(BOB, vault, "vault", "prune");
    firn(ALICE, vault, "vault", "check", "--read-data");
  }

  private static void strangerIsShutOut(Path vault) throws Exception {
    FirnShell.Outcome outcome = users.run(STRANGER, line(vault, "vault", "check"));
    assertThat(outcome.exitCode()).as(outcome.all()).isNotZero();
  }

  private static void store(User user, Path vault, String domain, int seed) throws Exception {
    byte[] content = new byte[1 << 20];
    new Random(seed).nextBytes(content);
    Path disk = readable(Files.write(common.resolve("disk-" + seed), content));
    firn(user, vault, "mover", "backup", "--source", disk.toString(), "--domain", domain);
  }

  private static void firn(User user, Path vault, String... arguments) throws Exception {
    FirnShell.Outcome outcome = users.run(user, line(vault, arguments));
    assertThat(outcome.exitCode())
        .as("%s %s: %s", user, String.join(" ", arguments), outcome.all())
        .isZero();
  }

  private static String[] line(Path vault, String... arguments) {
    return Stream.concat(
            Stream.of(arguments),
            Stream.of("--vault", vault.toString(), "--password-file", password.toString()))
        .toArray(String[]::new);
  }

  private static Path folder(String name, int mode) throws IOException {
    Path folder = Files.createDirectory(common.resolve(name));
    Files.setAttribute(folder, "unix:gid", BACKUP);
    Files.setAttribute(folder, "unix:mode", mode);
    return folder;
  }

  private static Path readable(Path file) throws IOException {
    Files.setAttribute(file, "unix:mode", 0644);
    return file;
  }

  private static Set<String> seen(Path vault) throws IOException {
    Set<String> seen = new TreeSet<>();
    try (Stream<Path> all = Files.walk(vault)) {
      for (Path path : all.toList()) {
        int mode = (Integer) Files.getAttribute(path, "unix:mode") & 07777;
        seen.add(Integer.toOctalString(mode) + " " + Files.getAttribute(path, "unix:gid"));
      }
    }
    return seen;
  }
}
