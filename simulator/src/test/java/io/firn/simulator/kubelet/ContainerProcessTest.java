package io.firn.simulator.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerProcessTest {
  @TempDir Path folder;
  private Path runner;

  @BeforeEach
  void unpack() throws Exception {
    runner = folder.resolve("run-container.sh");
    try (InputStream script = Kubelet.class.getResourceAsStream("run-container.sh")) {
      Files.copy(java.util.Objects.requireNonNull(script), runner);
    }
  }

  private ContainerProcess start(String script) throws Exception {
    return ContainerProcess.start(
        runner,
        List.of("/bin/sh", "-c", script),
        Map.of("COLOUR", "blue"),
        folder,
        folder.resolve("log"),
        _ -> {});
  }

  @Test
  void command_thatEnds_leavesItsCodeAndLog() throws Exception {
    int code = start("echo out $COLOUR; echo err >&2; exit 7").await();

    assertThat(code).isEqualTo(7);
    assertThat(folder.resolve("log")).hasContent("out blue\nerr");
  }

  @Test
  void command_askedToEnd_mayCleanUp() throws Exception {
    ContainerProcess process =
        start("trap 'echo bye; exit 3' TERM; echo up; while :; do sleep 0.05; done");
    await(() -> log().contains("up"));
    process.terminate(Duration.ofSeconds(10));

    assertThat(process.await()).isEqualTo(3);
    assertThat(log()).contains("bye");
  }

  @Test
  void command_deafToTheRequest_isKilledAfterTheGrace() throws Exception {
    ContainerProcess process = start("trap '' TERM; echo up; while :; do sleep 0.05; done");
    await(() -> log().contains("up"));
    process.terminate(Duration.ofMillis(200));

    assertThat(process.await()).isEqualTo(137);
  }

  /// The pipe's other end is held by a process that is killed outright, as the simulator might be.
  @Test
  void holderOfThePipe_killed_takesTheCommandAndItsChildrenAlong() throws Exception {
    Path pids = folder.resolve("pids");
    String command = "sleep 600 & echo $! $$ > " + pids + "; wait";
    Process holder =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "exec 9>\"$1\"; echo $$ > \"$1.holder\"; while :; do sleep 0.1 9>&-; done",
                "holder",
                fifo().toString())
            .start();
    Process shell =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "exec /bin/sh \"$1\" /bin/sh -c \"$2\" < \"$3\"",
                "shell",
                runner.toString(),
                command,
                folder.resolve("pipe").toString())
            .start();
    await(() -> Files.exists(pids) && read(pids).trim().contains(" "));
    List<Long> started = List.of(read(pids).trim().split(" ")).stream().map(Long::valueOf).toList();
    assertThat(started).allMatch(ContainerProcessTest::lives);

    holder.destroyForcibly();

    await(() -> started.stream().noneMatch(ContainerProcessTest::lives));
    assertThat(shell.waitFor()).isEqualTo(137);
  }

  private Path fifo() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    return pipe;
  }

  private static boolean lives(long pid) {
    Optional<ProcessHandle> handle = ProcessHandle.of(pid);
    return handle.isPresent() && handle.get().isAlive();
  }

  private String log() {
    return read(folder.resolve("log"));
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited 20 s").isLessThan(end);
      LockSupport.parkNanos(5_000_000);
    }
  }
}
