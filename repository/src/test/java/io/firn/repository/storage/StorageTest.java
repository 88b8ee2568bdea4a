package io.firn.repository.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.RepositoryReader;
import io.firn.repository.TestDisks;
import io.firn.repository.TestRepositories;
import io.firn.repository.TestRepositories.Stored;
import io.firn.repository.backend.FaultyBackend;
import io.firn.repository.backend.FaultyBackend.Operation;
import io.firn.repository.backend.LocalBackend;
import io.firn.repository.backend.MemoryBackend;
import io.firn.repository.backend.PermanentBackendException;
import io.firn.repository.backend.PermanentBackendException.Reason;
import io.firn.repository.check.CheckDepth;
import io.firn.repository.check.CheckListener;
import io.firn.repository.interop.Restic;
import io.firn.repository.repair.IndexRepairOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {
  private static final String TEST_CLASSES =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

  @TempDir Path folder;

  private final byte[] disk = TestDisks.random(new Random(3), 2_000_000);

  @Test
  void reading_writesNothing_notEvenALock() throws IOException {
    Path where = folder.resolve("repo");
    Stored stored = store(where);
    Map<String, String> before = state(where);
    try (Repository repository = TestRepositories.open(new LocalBackend(where))) {
      assertThat(repository.snapshots()).hasSize(1);
      assertThat(repository.keys().list()).hasSize(1);
      assertThat(repository.locks().list()).isEmpty();
      assertThat(read(repository, stored)).isEqualTo(disk);
      for (CheckDepth depth : CheckDepth.values()) {
        assertThat(repository.check(depth, CheckListener.SILENT).sound()).isTrue();
      }
      assertThat(
              repository
                  .planIndexRepair(IndexRepairOptions.DEFAULT, CheckListener.SILENT)
                  .nothingToDo())
          .isTrue();
    }
    assertThat(state(where)).isEqualTo(before);
  }

  @Test
  void copy_madeByCp_justOpens() throws IOException, InterruptedException {
    Path where = folder.resolve("repo");
    Stored stored = store(where);
    Path copy = folder.resolve("copy");
    assertThat(run("cp", "-r", where.toString(), copy.toString())).isEmpty();
    try (Repository repository = TestRepositories.open(new LocalBackend(copy))) {
      assertThat(read(repository, stored)).isEqualTo(disk);
      assertThat(repository.check(CheckDepth.DATA, CheckListener.SILENT).sound()).isTrue();
      TestRepositories.store(repository, "b.img", TestRepositories.disk(new byte[300_000]));
    }
    Restic.require();
    assertThat(new Restic(copy, folder, TestRepositories.PASSWORD).run("check", "--read-data"))
        .contains("no errors were found");
  }

  /// A file system of its own for the child where the system lets us make one (root, or user
  /// namespaces); everywhere, a limit on the size of files.
  @Test
  void fullDisk_losesNothing_atAnyStage() throws IOException, InterruptedException {
    String java = "'" + Path.of(System.getProperty("java.home"), "bin", "java") + "'";
    String command =
        java
            + " -Xmx128m -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp \"$FIRN_CP\" "
            + FullDisk.class.getName()
            + " ";
    Path limited = Files.createDirectory(folder.resolve("limited"));
    assertThat(run("bash", "-c", "ulimit -f 3000; exec " + command + limited + " limited"))
        .contains("held: limited");
    Path small = Files.createDirectory(folder.resolve("small"));
    String mount = "mount -t tmpfs -o size=6m,nr_inodes=4k firn " + small;
    for (String unshare : List.of("unshare -m", "unshare -Urm")) {
      if (run("bash", "-c", unshare + " bash -c '" + mount + "' && echo can").contains("can")) {
        Path script =
            Files.writeString(folder.resolve("run"), mount + " && " + command + small + " small");
        assertThat(run("bash", "-c", unshare + " bash " + script)).contains("held: small");
        return;
      }
    }
  }

  @Test
  void noSpace_atAnyFileOfABackup_isSaid_andHarmsNothing() {
    MemoryBackend backend = new MemoryBackend();
    TestRepositories.init(backend).close();
    byte[] small = TestDisks.random(new Random(4), 600_000);
    int stops = 0;
    while (!storeUntil(backend, small, stops)) {
      try (Repository repository = TestRepositories.open(backend)) {
        assertThat(repository.check(CheckDepth.DATA, CheckListener.SILENT).sound()).isTrue();
        assertThat(repository.locks().list()).isEmpty();
        assertThat(repository.snapshots()).isEmpty();
      }
      stops++;
    }
    assertThat(stops).isGreaterThan(3);
  }

  /// Returns whether it went through. The nth save and all later ones find no space.
  private static boolean storeUntil(MemoryBackend backend, byte[] content, int nth) {
    FaultyBackend faulty = new FaultyBackend(backend);
    faulty.add((operation, handle, number) -> {
      if (operation == Operation.SAVE && number >= nth) {
        throw new PermanentBackendException(
            Reason.NO_SPACE, "no space is left", new IOException("full"));
      }
    });
    int before = backend.list(io.firn.repository.backend.FileType.SNAPSHOT).size();
    try (Repository repository = TestRepositories.open(faulty)) {
      TestRepositories.store(repository, "a.img", TestRepositories.disk(content));
      return before == 0;
    } catch (RepositoryException e) {
      assertThat(e.code()).isEqualTo(FailureCode.NO_SPACE);
      return false;
    }
  }

  @Test
  void keyOfAFullDisk_isNotHalfAdded() {
    MemoryBackend backend = new MemoryBackend();
    TestRepositories.init(backend).close();
    FaultyBackend faulty = new FaultyBackend(backend);
    try (Repository repository = TestRepositories.open(faulty)) {
      faulty.add((operation, handle, number) -> {
        if (operation == Operation.SAVE) {
          throw new PermanentBackendException(
              Reason.NO_SPACE, "no space is left", new IOException("full"));
        }
      });
      assertThatThrownBy(() -> repository.keys().add(TestRepositories.password()))
          .isInstanceOfSatisfying(
              RepositoryException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.NO_SPACE));
      assertThat(repository.keys().list()).hasSize(1);
    }
  }

  private Stored store(Path where) {
    try (Repository repository = TestRepositories.init(new LocalBackend(where))) {
      return TestRepositories.store(repository, "a.img", TestRepositories.disk(disk));
    }
  }

  private static byte[] read(Repository repository, Stored stored) {
    RepositoryReader reader = repository.reader();
    return reader.readFile(reader.find(stored.root(), "/shop/a.img").orElseThrow());
  }

  /// Each path with its time of change and size.
  private static Map<String, String> state(Path where) throws IOException {
    Map<String, String> state = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(where)) {
      for (Path path : paths.toList()) {
        state.put(path.toString(), Files.getLastModifiedTime(path) + " " + Files.size(path));
      }
    }
    return state;
  }

  private String run(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", "");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("FIRN_CP", TEST_CLASSES);
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return Files.readString(output);
  }
}
