package io.firn.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.dist.FirnShell.Outcome;
import io.firn.repository.interop.Restic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What may befall a vault in a folder: it cannot be written, it was copied elsewhere, it is
/// damaged. The vault of two machines is made once; each test has a copy, made with `cp -r`.
class FolderVaultEndToEndTest {
  private static final String PASSWORD = "snow on the mountain";

  @TempDir static Path common;
  private static DiskShop shop;
  private static Path original;
  private static byte[] database;
  private static byte[] web;
  private static Set<Path> packsOfDatabase;

  @TempDir Path folder;

  @BeforeAll
  static void makeVault() throws IOException {
    original = common.resolve("vault");
    shop = DiskShop.start(common.resolve("cluster"));
    shop.namespace("shop");
    database = shop.machine("shop", "db", 8, 1);
    web = shop.machine("shop", "web", 8, 2);
    FirnShell shell = shell(common, original);
    shell.firn("vault", "init");
    shell.firn("backup", "vm/db", "-n", "shop", "--mover-image", "firn");
    packsOfDatabase = packs(original);
    shell.firn("backup", "vm/web", "-n", "shop", "--mover-image", "firn");
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  /// Read-only by a mount of its own, which holds for root too; every process sees it so, movers
  /// included.
  @Test
  void readOnlyVault_listsChecksAndRestores_withoutALock() throws IOException {
    Path vault = copy();
    List<String> readOnly = ReadOnlyMount.prefix(vault);
    FirnShell shell = shell(folder, vault);
    try (DiskShop target = DiskShop.start(folder.resolve("cluster"), readOnly)) {
      shell.set("KUBECONFIG", target.kubeconfig());
      assertThat(succeed(shell, readOnly, "points")).contains("vm/db").contains("vm/web");
      assertThat(succeed(shell, readOnly, "vault", "check", "--read-data")).contains("sound");
      assertThat(succeed(shell, readOnly, "verify", "latest")).contains("whole");
      succeed(shell, readOnly, restore("latest", "web"));
      assertThat(target.disk("shop", "web", web.length)).isEqualTo(web);
    }
    Path another = Files.writeString(folder.resolve("another"), "another password");
    for (String[] line :
        new String[][] {
          {"forget", "latest", "--allow-none"},
          {"vault", "prune"},
          {"vault", "key", "add", "--new-password-file", another.toString()}
        }) {
      Outcome outcome = shell.process(readOnly, line);
      assertThat(outcome.exitCode()).as("%s: %s", String.join(" ", line), outcome.all()).isOne();
      assertThat(outcome.err()).contains("read-only").contains("\n  next: ");
    }
  }

  @Test
  void copiedVault_justOpens() throws IOException {
    FirnShell shell = shell(folder, copy());
    List<String> points = shell.firn("points", "-o", "name").lines().toList();
    assertThat(points).hasSize(2);
    shell.firn(restore(points.getFirst(), "db", "--to-namespace", "copied"));
    assertThat(shop.disk("copied", "db", database.length)).isEqualTo(database);
  }

  @Test
  void damagedVault_isNamed_repaired_andHealedByTheNextBackup() throws IOException {
    Path vault = copy();
    FirnShell shell = shell(folder, vault);
    List<String> points = shell.firn("points", "-o", "name").lines().toList();
    Path pack = flip(vault, largest(packsOfDatabase));

    Outcome check = shell.run("vault", "check", "--read-data");
    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.out())
        .contains("damaged: pack " + pack.getFileName())
        .contains("hurts /shop/volumes/db-root/disk.img of point " + points.getFirst())
        .contains("hurt:  point " + points.getFirst())
        .contains("whole: point " + points.getLast());
    for (String line : next(check.out())) {
      shell.firn(line.split(" "));
    }
    shell.firn("backup", "vm/db", "-n", "shop", "--mover-image", "firn");

    assertThat(shell.firn("vault", "check", "--read-data")).contains("sound");
    assertThat(shell.firn("verify", points.getFirst())).contains("whole");
    Restic.require();
    assertThat(
            new Restic(vault.resolve("shop").toString(), folder, PASSWORD, java.util.Map.of())
                .run("check", "--read-data"))
        .contains("no errors were found");
  }

  /// The repair that the check names, word for word.
  private static List<String> next(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> line.startsWith("next: firn vault repair "))
        .map(line -> line.substring("next: firn ".length()))
        .toList();
  }

  private static String[] restore(String point, String machine, String... more) {
    List<String> line =
        new ArrayList<>(List.of("restore", point, "--vm", machine, "--mover-image", "firn"));
    line.addAll(Arrays.asList(more));
    return line.toArray(String[]::new);
  }

  private static String succeed(FirnShell shell, List<String> before, String... arguments) {
    Outcome outcome = shell.process(before, arguments);
    assertThat(outcome.exitCode())
        .as("firn %s: %s", String.join(" ", arguments), outcome.all())
        .isIn(0, 3);
    return outcome.out();
  }

  private static FirnShell shell(Path folder, Path vault) {
    return new FirnShell(folder, PASSWORD)
        .set("FIRN_VAULT", vault)
        .set("KUBECONFIG", shop.kubeconfig());
  }

  private Path copy() throws IOException {
    Path copy = folder.resolve("copy");
    Process cp = new ProcessBuilder("cp", "-r", original.toString(), copy.toString()).start();
    try {
      assertThat(cp.waitFor()).isZero();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return copy;
  }

  /// Flips a bit in the middle of a file of the original's, in the copy; returns which.
  private static Path flip(Path vault, Path file) throws IOException {
    Path there = vault.resolve(original.relativize(file));
    Files.setPosixFilePermissions(
        there, Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    byte[] content = Files.readAllBytes(there);
    content[content.length / 2] ^= 1;
    return Files.write(there, content);
  }

  private static Path largest(Set<Path> files) {
    return files.stream()
        .max(java.util.Comparator.comparingLong(file -> file.toFile().length()))
        .orElseThrow();
  }

  private static Set<Path> packs(Path vault) throws IOException {
    try (Stream<Path> all = Files.walk(vault.resolve("shop/data"))) {
      return new HashSet<>(all.filter(Files::isRegularFile).toList());
    }
  }
}
