package io.firn.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.failure.FirnException;
import io.firn.repository.KeyId;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryOptions;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.Snapshot;
import io.firn.repository.SnapshotId;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.key.KdfCost;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two domains with a point each, listed through a cache.
class VaultCacheTest {
  private static final RepositoryOptions CHEAP =
      RepositoryOptions.DEFAULT.withKdfCost(new KdfCost(16, 8, 1));
  private static final String SECOND = "second password";

  @TempDir private Path folder;
  private final List<String> opened = new ArrayList<>();

  @BeforeEach
  void make() {
    try (Password password = password("snow")) {
      Vault.init(location(), password, LocalBackends.unmounted(), CHEAP).close();
    }
    seal("lab", "one", "vm=a", "level=crash");
    seal("shop", "two", "vm=b", "vm=c", "level=crash", "level.vm.c=filesystem");
  }

  @Test
  void points_listedTwice_areTheSame_andNoDomainIsOpenedAgain() {
    List<PointSummary> first = list();
    assertThat(opened).contains("lab", "shop");
    opened.clear();

    assertThat(list()).isEqualTo(first).hasSize(2);
    assertThat(opened).as("domains are not opened for names alone").containsExactly(".firn");
  }

  @Test
  void point_addedForgottenOrProtected_isSeen() {
    list();
    SnapshotId three = seal("lab", "three", "vm=a");
    assertThat(list()).extracting(p -> p.name().value()).contains("three");

    try (Vault vault = open(CacheRoot.NONE);
        Repository lab = vault.openDomain(new Domain("lab"))) {
      lab.retag(three, List.of("point=three", "vm=a", "protected=2030-01-01T00:00:00Z"));
    }
    assertThat(list())
        .filteredOn(p -> p.name().value().equals("three"))
        .extracting(PointSummary::protection)
        .containsExactly(
            Optional.of(new Protection(Optional.of(Instant.parse("2030-01-01T00:00:00Z")), "")));
    assertThat(list()).isEqualTo(uncached());

    try (Vault vault = open(CacheRoot.NONE);
        Repository lab = vault.openDomain(new Domain("lab"))) {
      lab.forget(vault.snapshotIds(new Domain("lab")));
    }
    assertThat(list()).extracting(p -> p.name().value()).containsExactly("two");
  }

  @Test
  void entries_damagedInAnyWay_areAsIfTheyWereNotThere() throws IOException {
    List<PointSummary> whole = list();
    for (Path entry : entries()) {
      byte[] bytes = Files.readAllBytes(entry);
      for (int at = 0; at < bytes.length; at += 1 + bytes.length / 16) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= 1;
        Files.write(entry, flipped);
        assertThat(list()).isEqualTo(whole);
      }
      Files.write(entry, new byte[0]);
      assertThat(list()).isEqualTo(whole);
    }
  }

  @Test
  void entries_swapped_areNotBelieved() throws IOException {
    List<PointSummary> whole = list();
    List<Path> entries = entries();
    for (Path one : entries) {
      byte[] kept = Files.readAllBytes(one);
      for (Path other : entries) {
        Files.write(one, Files.readAllBytes(other));
        assertThat(list()).isEqualTo(whole);
      }
      Files.write(one, kept);
    }
  }

  @Test
  void content_truncatedInsideItsSeal_isNothing() {
    Map<SnapshotId, Optional<PointSummary>> known =
        Map.of(list().getFirst().snapshot(), Optional.of(list().getFirst()));
    byte[] bytes = CachedPoints.write(known);

    assertThat(CachedPoints.read(bytes, new Domain("lab"))).isEqualTo(known);
    for (int length = 0; length < bytes.length; length++) {
      assertThat(CachedPoints.read(java.util.Arrays.copyOf(bytes, length), new Domain("lab")))
          .isEmpty();
    }
  }

  @Test
  void cache_thatCannotBeWritten_isNoFailure() throws IOException {
    Files.writeString(folder.resolve("cache"), "a file where a folder should be");

    assertThat(list()).isEqualTo(uncached());
  }

  @Test
  void files_areTheOwnersAlone_andSayNothing() throws IOException {
    list();
    assertThat(entries()).hasSize(4);
    for (Path entry : entries()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(entry)))
          .isEqualTo("rw-------");
      assertThat(
              new String(Files.readAllBytes(entry), java.nio.charset.StandardCharsets.ISO_8859_1))
          .doesNotContain("shop")
          .doesNotContain("firn");
      assertThat(entry.getFileName().toString()).doesNotContain("shop");
    }
  }

  @Test
  void rememberedKey_spareTheKeyFile_butNotOnceItIsRemoved() throws IOException {
    list();
    KeyId old;
    try (Vault vault = open(cache());
        Repository shop = vault.openDomain(new Domain("shop"));
        Password second = password(SECOND)) {
      old = shop.keyId();
      shop.keys().add(second);
    }
    try (Vault vault = open(CacheRoot.NONE);
        Password second = password(SECOND);
        Repository shop = Repository.open(vault.backend(new Domain("shop")), second, CHEAP)) {
      shop.keys().remove(old);
    }
    try (Vault vault = open(cache())) {
      assertThatThrownBy(() -> vault.openDomain(new Domain("shop")).close())
          .isInstanceOf(FirnException.class)
          .hasMessageContaining("opens with this password");
    }
  }

  @Test
  void rememberedKey_isNotForAnotherPassword() throws IOException {
    list();
    try (Vault vault = open(CacheRoot.NONE);
        Repository marker = vault.openMarker();
        Password second = password(SECOND)) {
      marker.keys().add(second);
    }
    try (Password second = password(SECOND);
        Vault vault = Vault.open(location(), second, LocalBackends.unmounted(), CHEAP, cache())) {
      assertThatThrownBy(() -> vault.openDomain(new Domain("shop")).close())
          .isInstanceOf(FirnException.class);
    }
  }

  @Test
  void place_followsTheXdgRules() {
    assertThat(CacheRoot.of(Map.of("HOME", "/h"))).isEqualTo(at("/h/.cache/firn"));
    assertThat(CacheRoot.of(Map.of("HOME", "/h", "XDG_CACHE_HOME", "/c"))).isEqualTo(at("/c/firn"));
    assertThat(CacheRoot.of(Map.of("XDG_CACHE_HOME", "relative"))).isEqualTo(CacheRoot.NONE);
    assertThat(CacheRoot.of(Map.of())).isEqualTo(CacheRoot.NONE);
  }

  private static CacheRoot at(String path) {
    return new CacheRoot(Optional.of(Path.of(path)));
  }

  private CacheRoot cache() {
    return new CacheRoot(Optional.of(folder.resolve("cache")));
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private List<PointSummary> list() {
    try (Vault vault = open(cache())) {
      return new PointCatalog(vault).list(PointFilter.ALL);
    }
  }

  private List<PointSummary> uncached() {
    try (Vault vault = open(CacheRoot.NONE)) {
      return new PointCatalog(vault).list(PointFilter.ALL);
    }
  }

  private Vault open(CacheRoot caches) {
    try (Password password = password("snow")) {
      return Vault.open(location(), password, new Watching(), CHEAP, caches);
    }
  }

  private SnapshotId seal(String domain, String name, String... tags) {
    try (Vault vault = open(CacheRoot.NONE);
        Repository repository = vault.openOrCreateDomain(new Domain(domain));
        RepositoryWriter writer = repository.writer()) {
      List<String> all = new ArrayList<>(List.of("point=" + name));
      all.addAll(List.of(tags));
      return writer.writeSnapshot(
          new Snapshot(
              Instant.parse("2026-11-01T00:00:00.5Z"),
              writer.writeTree(List.of()),
              List.of("/" + domain),
              "cluster",
              "firn",
              all,
              "firn",
              Optional.empty(),
              Optional.empty()));
    } finally {
      opened.clear();
    }
  }

  private VaultLocation location() {
    return VaultLocation.parse(folder.resolve("vault").toString());
  }

  private static Password password(String text) {
    return new Password(text.toCharArray());
  }

  /// Notes whose config is read: that is an opening.
  private final class Watching implements Backends {
    private final LocalBackends local = LocalBackends.unmounted();

    @Override
    public boolean exists(VaultLocation vault) {
      return local.exists(vault);
    }

    @Override
    public List<String> folders(VaultLocation vault) {
      return local.folders(vault);
    }

    @Override
    public Backend open(VaultLocation vault, String domain) {
      Backend backend = local.open(vault, domain);
      return (Backend)
          Proxy.newProxyInstance(
              Backend.class.getClassLoader(),
              new Class<?>[] {Backend.class},
              (_, method, arguments) -> {
                if (method.getName().equals("load") && FileHandle.CONFIG.equals(arguments[0])) {
                  synchronized (opened) {
                    opened.add(domain);
                  }
                }
                try {
                  return method.invoke(backend, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }
  }
}
