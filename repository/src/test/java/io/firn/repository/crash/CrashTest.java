package io.firn.repository.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.Repository;
import io.firn.repository.RepositoryReader;
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
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process that backs up, forgets, prunes, changes passwords and repairs, fifty times over
/// (a thousand with `-Pcrash`, others with `-Dfirn.crash.seed`), and looks at what it leaves: with
/// our own check and with stock restic, each time.
class CrashTest {
  private static final int ROUNDS = Integer.getInteger("firn.crash.rounds", 50);
  private static final long SEED = Long.getLong("firn.crash.seed", 20261124);

  /// So many changes a process may make before it dies.
  private static final int LONGEST_LIFE = 60;

  /// One kill in so many comes as a signal, at any moment.
  private static final int SIGNAL_EVERY = 8;

  @TempDir Path folder;

  private final Random random = new Random(SEED);

  @Test
  void processKilledAtAnyMoment_leavesEverySnapshotWhole() throws Exception {
    Restic.require();
    TestRepositories.init(new LocalBackend(where())).close();
    int signals = 0;
    for (int round = 0; round < ROUNDS; round++) {
      if (round % SIGNAL_EVERY == SIGNAL_EVERY - 1) {
        killBySignal(round, 300 + random.nextInt(900));
        signals++;
      } else {
        int code = start(round, random.nextInt(LONGEST_LIFE)).waitFor();
        assertThat(code).as("round %d: %s", round, log()).isEqualTo(137);
      }
      verify(round);
    }
    summarise(signals);
  }

  /// A test in which nothing came to its end would prove little.
  private void summarise(int signals) throws Exception {
    CrashNotes notes = notes();
    StringBuilder summary =
        new StringBuilder(
            "%d kills (%d by SIGKILL); done between them:".formatted(ROUNDS, signals));
    for (CrashOperation operation : CrashOperation.values()) {
      long times = notes.times(operation);
      assertThat(times).as("some got through: " + operation).isPositive();
      summary.append(" %s %d".formatted(operation, times));
    }
    System.out.println(summary + "; snapshots kept to the end: " + notes.kept().size());
    start(ROUNDS, LONGEST_LIFE).waitFor();
    verify(ROUNDS);
    assertThat(temporaries()).as("only the last process can have left one").hasSizeLessThan(2);
  }

  private void verify(int round) throws IOException {
    CrashNotes notes = notes();
    CrashRepository.Opened opened =
        CrashRepository.open(new LocalBackend(where()), InstantSource.system(), notes.passwords());
    try (Repository repository = opened.repository()) {
      // A dead process's lock stops nobody who shares, and is recognised.
      repository.locks().removeStale();
      assertThat(repository.locks().list()).isEmpty();
      CheckReport report = repository.check(CheckDepth.DATA, CheckListener.SILENT);
      assertThat(report.damages()).as("round " + round).isEmpty();
      compare(repository, notes, round);
    }
    Restic restic = new Restic(where(), folder, CrashRepository.password(opened.password()));
    assertThat(restic.run("check", "--read-data")).contains("no errors were found");
  }

  private void compare(Repository repository, CrashNotes notes, int round) {
    Map<Long, StoredSnapshot> found = new HashMap<>();
    repository.snapshots().forEach(stored -> found.put(CrashRepository.seed(stored), stored));
    assertThat(found.keySet()).as("round " + round).containsAll(notes.kept());
    RepositoryReader reader = repository.reader();
    List<Long> some = notes.kept().stream().skip(Math.max(0, notes.kept().size() - 3L)).toList();
    for (long seed : some) {
      StoredSnapshot stored = Objects.requireNonNull(found.get(seed));
      assertThat(
              reader.readFile(
                  reader.find(stored.snapshot().tree(), "/shop/disk.img").orElseThrow()))
          .isEqualTo(CrashRepository.disk(seed));
    }
  }

  private void killBySignal(int round, int afterMillis) throws Exception {
    Process process = start(round, -1);
    boolean ended = process.waitFor(afterMillis, TimeUnit.MILLISECONDS);
    assertThat(ended).as("round %d: %s", round, log()).isFalse();
    process.destroyForcibly().waitFor();
  }

  private Process start(int round, int fatalChange) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            CrashingProcess.class.getName(),
            where().toString(),
            folder.resolve("notes").toString(),
            Long.toString(SEED % 1_000_000 * 10_000 + round),
            Integer.toString(fatalChange));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("process.log").toFile())
        .start();
  }

  private List<Path> temporaries() throws IOException {
    try (Stream<Path> files = Files.walk(where())) {
      return files.filter(file -> file.toString().contains("-tmp-")).toList();
    }
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("process.log"));
  }

  private CrashNotes notes() {
    return new CrashNotes(folder.resolve("notes"));
  }

  private Path where() {
    return folder.resolve("repo");
  }
}
