package io.firn.repository.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.Node;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryReader;
import io.firn.repository.Snapshot;
import io.firn.repository.StoredSnapshot;
import io.firn.repository.TestRepositories;
import io.firn.repository.backend.LocalBackend;
import io.firn.repository.check.CheckDepth;
import io.firn.repository.check.CheckListener;
import io.firn.repository.check.CheckReport;
import io.firn.repository.interop.Restic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process that writes disks and snapshots, fifty times over, and looks at what it leaves.
class CrashTest {
  private static final int HALTS = 44;
  private static final int SIGNALS = 6;
  private static final int RESTIC_EVERY = 10;

  @TempDir Path folder;

  @Test
  void writerKilledAtAnyMoment_leavesEverySnapshotWhole() throws Exception {
    Path where = folder.resolve("repo");
    TestRepositories.init(new LocalBackend(where)).close();
    Random random = new Random(20261124);
    for (int round = 0; round < HALTS + SIGNALS; round++) {
      boolean signal = round % 8 == 7 && round / 8 < SIGNALS;
      if (signal) {
        killBySignal(round, 300 + random.nextInt(900));
      } else {
        assertThat(start(round, random.nextInt(28)).waitFor()).isEqualTo(137);
      }
      verify(where, round);
    }
    assertThat(noted()).as("some writers got through").hasSizeGreaterThan(20);
  }

  private void verify(Path where, int round) throws IOException {
    try (Repository repository = TestRepositories.open(new LocalBackend(where))) {
      CheckReport report = repository.check(CheckDepth.DATA, CheckListener.SILENT);
      assertThat(report.damages()).as("round " + round).isEmpty();
      Map<String, Snapshot> snapshots =
          repository.snapshots().stream()
              .collect(Collectors.toMap(s -> s.id().toString(), StoredSnapshot::snapshot));
      assertThat(snapshots)
          .as("round " + round)
          .containsKeys(noted().keySet().toArray(String[]::new));
      RepositoryReader reader = repository.reader();
      noted().entrySet().stream()
          .skip(Math.max(0, noted().size() - 3))
          .forEach(note -> {
            Snapshot snapshot = Objects.requireNonNull(snapshots.get(note.getKey()));
            Node disk = reader.find(snapshot.tree(), "/shop/disk.img").orElseThrow();
            assertThat(reader.readFile(disk)).isEqualTo(CrashingWriter.disk(note.getValue()));
          });
      // A dead writer's lock stops nobody who shares, and is recognised.
      repository.locks().removeStale();
      assertThat(repository.locks().list()).isEmpty();
    }
    if (round % RESTIC_EVERY == RESTIC_EVERY - 1) {
      Restic.require();
      assertThat(new Restic(where, folder, TestRepositories.PASSWORD).run("check", "--read-data"))
          .contains("no errors were found");
    }
  }

  private void killBySignal(int round, int afterMillis) throws Exception {
    Process writer = start(round, -1);
    assertThat(writer.waitFor(afterMillis, TimeUnit.MILLISECONDS)).isFalse();
    writer.destroyForcibly().waitFor();
  }

  private Process start(int round, int fatalSave) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            CrashingWriter.class.getName(),
            folder.resolve("repo").toString(),
            folder.resolve("notes").toString(),
            Integer.toString(round),
            Integer.toString(fatalSave));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("writer.log").toFile())
        .start();
  }

  /// Snapshots that a writer was told are safe, and the seeds of their disks, in order.
  private Map<String, Long> noted() {
    Path notes = folder.resolve("notes");
    try {
      List<String> lines = Files.exists(notes) ? Files.readAllLines(notes) : List.of();
      return lines.stream()
          .map(line -> line.split(" "))
          .collect(
              Collectors.toMap(
                  fields -> fields[0],
                  fields -> Long.parseLong(fields[1]),
                  (a, b) -> a,
                  java.util.LinkedHashMap::new));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
