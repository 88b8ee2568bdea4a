package io.firn.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.dist.FirnShell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A vault in which a disk is stored twice, as by two backups at once, and in which the pack is
/// gone that the index prefers: every command that reads does its work with the other, says so, and
/// names what is gone.
class SecondCopyEndToEndTest {
  private static final String PASSWORD = "snow on the mountain";

  @TempDir static Path folder;
  private static DiskShop shop;
  private static FirnShell shell;
  private static byte[] database;
  private static String point;

  private static String lostPack = "";

  @BeforeAll
  static void makeVault() throws IOException {
    shop = DiskShop.start(folder.resolve("cluster"));
    shop.namespace("shop");
    database = shop.machine("shop", "db", 8, 1);
    shop.machine("shop", "web", 8, 2);
    Path vault = folder.resolve("vault");
    Path twin = folder.resolve("twin");
    shell = shell("of-vault", vault);
    shell.firn("vault", "init");
    assertThat(backUp(shell, "web")).isNotEmpty();
    Set<Path> before = packs(vault);
    copy(vault, twin);
    point = backUp(shell, "db");
    assertThat(backUp(shell("of-twin", twin), "db")).isNotEmpty();
    Set<Path> first = minus(packs(vault), before);
    copy(twin.resolve("shop"), vault);
    Set<Path> second = minus(minus(packs(vault), before), first);
    if (!lose(largest(first))) {
      assertThat(lose(largest(second))).as("one of the two is in use").isTrue();
    }
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @Test
  void restore_endsWithThree() {
    Outcome outcome = shell.run("restore", point, "--to-namespace", "lab", "--mover-image", "firn");
    assertLosses(outcome);
    assertThat(outcome.out()).contains("warning: ").contains(lostPack).contains(", with warnings");
    assertThat(outcome.err()).contains("warning: ").contains(lostPack);
    assertThat(shop.disk("lab", "db", database.length)).isEqualTo(database);
  }

  @Test
  void verify_isWhole_andEndsWithThree() {
    Outcome outcome = shell.run("verify", point);
    assertLosses(outcome);
    assertThat(outcome.out()).contains("\nwhole: ").contains("\nwarning: ").contains(lostPack);
    Outcome json = shell.run("verify", point, "-o", "json");
    assertThat(json.out())
        .contains("\"whole\" : true")
        .contains("\"warnings\" : [")
        .contains(lostPack);
  }

  @Test
  void exportOfADisk_endsWithThree() throws IOException {
    Path disk = folder.resolve("disk.img");
    Outcome outcome =
        shell.run("point", "export", point, "--volume", "db-root", "--to", disk.toString());
    assertLosses(outcome);
    assertThat(outcome.err()).contains("warning: ").contains(lostPack);
    assertThat(Files.readAllBytes(disk)).isEqualTo(database);
  }

  @Test
  void check_namesThePack_andSaysThatNoPointIsHurt() {
    Outcome outcome = shell.run("vault", "check");
    assertThat(outcome.exitCode()).as("damage, though it hurts nobody").isOne();
    assertThat(outcome.out())
        .contains("damaged: pack %s: it is missing\n    hurts no point\n".formatted(lostPack))
        .contains(" --pack " + lostPack)
        .contains("  whole: point " + point)
        .doesNotContain("  hurt: ");
  }

  private static void assertLosses(Outcome outcome) {
    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(3);
    assertThat(outcome.all()).contains("firn vault check --domain shop --read-data");
  }

  private static FirnShell shell(String name, Path vault) throws IOException {
    return new FirnShell(Files.createDirectory(folder.resolve(name)), PASSWORD)
        .set("FIRN_VAULT", vault)
        .set("KUBECONFIG", shop.kubeconfig());
  }

  /// Returns the point.
  private static String backUp(FirnShell shell, String machine) {
    shell.firn("backup", "vm/" + machine, "-n", "shop", "--mover-image", "firn");
    return shell.firn("points", "-o", "name").lines().toList().getLast();
  }

  /// Takes a pack away. Back again it goes, and this is false, where no reader misses it: of each
  /// blob the index knows one copy.
  private static boolean lose(Path pack) throws IOException {
    lostPack = pack.getFileName().toString();
    Path aside = Files.move(pack, folder.resolve(lostPack));
    boolean missed = shell.run("verify", point).out().contains("warning: ");
    if (!missed) {
      Files.move(aside, pack);
    }
    return missed;
  }

  private static Path largest(Set<Path> packs) {
    return packs.stream()
        .max(Comparator.comparingLong(pack -> pack.toFile().length()))
        .orElseThrow();
  }

  private static void copy(Path from, Path to) throws IOException {
    Process cp = new ProcessBuilder("cp", "-rn", from.toString(), to.toString()).start();
    try {
      assertThat(cp.waitFor()).isZero();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Set<Path> packs(Path vault) throws IOException {
    try (Stream<Path> all = Files.walk(vault.resolve("shop/data"))) {
      return new HashSet<>(all.filter(Files::isRegularFile).toList());
    }
  }

  private static Set<Path> minus(Set<Path> all, Set<Path> some) {
    Set<Path> rest = new HashSet<>(all);
    rest.removeAll(some);
    return rest;
  }
}
