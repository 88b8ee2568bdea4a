package io.firn.repository.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.firn.repository.Repository;
import io.firn.repository.TestRepositories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// For whom files and folders are, by where they come to lie. A folder is told as `2770 30000`, its
/// mode and group.
class LocalModesTest {
  private static final int BACKUP = 30_000;

  @TempDir Path folder;
  private Path vault = Path.of("");
  private int own;

  @BeforeEach
  void makeVault() throws IOException {
    vault = Files.createDirectory(folder.resolve("vault"));
    own = (Integer) Files.getAttribute(vault, "unix:gid");
  }

  @Test
  void inAPrivateFolder_allIsForTheOwnerAlone() throws IOException {
    store(vault.resolve("shop"));
    assertThat(seen(vault.resolve("shop"))).containsOnly("700 " + own, "400 " + own);
  }

  @Test
  void inAFolderThatHandsItsGroupDown_allIsForThatGroup() throws IOException {
    share(vault, 02770);
    store(vault.resolve("shop"));
    assertThat(seen(vault.resolve("shop"))).containsOnly("2770 " + BACKUP, "440 " + BACKUP);
  }

  @Test
  void inAFolderThatIsForAGroup_allIsForThatGroup() throws IOException {
    share(vault, 0770);
    store(vault.resolve("shop"));
    assertThat(seen(vault.resolve("shop"))).containsOnly("770 " + BACKUP, "440 " + BACKUP);
  }

  @Test
  void foldersOnTheWay_goToTheGroupThatIsHandedDown_andToNoOther() throws IOException {
    share(vault, 02770);
    store(vault.resolve("a/b"));
    assertThat(seen(vault.resolve("a"))).containsOnly("2770 " + BACKUP, "440 " + BACKUP);
    share(vault, 0770);
    store(vault.resolve("c/b"));
    assertThat(modes(vault.resolve("c"))).containsOnly("700", "400");
  }

  @Test
  void inAFolderForEverybody_allIsForTheOwnerAlone() throws IOException {
    share(vault, 01777);
    store(vault.resolve("shop"));
    assertThat(modes(vault.resolve("shop"))).containsOnly("700", "400");
  }

  @Test
  void besideANeighbour_aNewRepositoryIsAsThatOne_whateverTheFolderSays() throws IOException {
    share(vault, 02770);
    store(vault.resolve("marker"));
    Files.setAttribute(vault, "unix:mode", 0700);
    store(LocalBackend.beside(vault.resolve("shop"), vault.resolve("marker")));
    assertThat(seen(vault.resolve("shop"))).containsOnly("770 " + BACKUP, "440 " + BACKUP);
  }

  /// restic's way to share a repository, and to take it back.
  @Test
  void whatTheGroupMayDoWithConfig_itMayDoWithNewFiles() throws IOException {
    Path shop = vault.resolve("shop");
    store(shop);
    Set<Path> before = walk(shop);
    Files.setAttribute(shop.resolve("config"), "unix:mode", 0440);
    storeMore(shop);
    Set<Path> shared = walk(shop);
    shared.removeAll(before);
    assertThat(shared).isNotEmpty().allSatisfy(file -> assertThat(mode(file)).isEqualTo("440"));
    before.addAll(shared);
    Files.setAttribute(shop.resolve("config"), "unix:mode", 0400);
    storeMore(shop);
    Set<Path> takenBack = walk(shop);
    takenBack.removeAll(before);
    assertThat(takenBack).isNotEmpty().allSatisfy(file -> assertThat(mode(file)).isEqualTo("400"));
  }

  private static void store(Path where) {
    store(new LocalBackend(where));
  }

  private static void store(LocalBackend backend) {
    try (Repository repository = TestRepositories.init(backend)) {
      TestRepositories.store(repository, "a", TestRepositories.disk(new byte[] {1}));
    }
  }

  private static void storeMore(Path where) {
    try (Repository repository = TestRepositories.open(new LocalBackend(where))) {
      byte[] content = {(byte) System.nanoTime(), 7, (byte) where.hashCode(), 9};
      TestRepositories.store(repository, "b", TestRepositories.disk(content));
    }
  }

  /// Only root gives away to a group that it is not in; elsewhere there is nothing to look at.
  private static void share(Path folder, int mode) throws IOException {
    assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "not root");
    Files.setAttribute(folder, "unix:gid", BACKUP);
    Files.setAttribute(folder, "unix:mode", mode);
  }

  private static Set<Path> walk(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return new HashSet<>(all.toList());
    }
  }

  private static List<String> seen(Path root) throws IOException {
    return walk(root).stream().map(path -> mode(path) + " " + attribute(path, "unix:gid")).toList();
  }

  private static List<String> modes(Path root) throws IOException {
    return walk(root).stream().map(LocalModesTest::mode).toList();
  }

  private static String mode(Path path) {
    return Integer.toOctalString((Integer) attribute(path, "unix:mode") & 07777);
  }

  private static Object attribute(Path path, String name) {
    try {
      return Files.getAttribute(path, name);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
