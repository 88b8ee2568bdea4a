package io.firn.simulator.kubelet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/// A container's command as a process in a session of its own, with its output in a log file.
///
/// It ends with the simulator, however that ends: a small shell stands between and kills the
/// session when the pipe from the simulator closes. Only what moves itself into another session
/// escapes.
///
/// Thread-safe.
final class ContainerProcess {
  private final Process process;
  private final Thread pump;

  private ContainerProcess(Process process, Thread pump) {
    this.process = process;
    this.pump = pump;
  }

  /// Starts a command. `logged` is told the bytes of log so far, first 0.
  static ContainerProcess start(
      Path runner,
      List<String> command,
      Map<String, String> environment,
      Path workingDirectory,
      Path log,
      LongConsumer logged)
      throws IOException {
    List<String> line = new ArrayList<>(List.of("/bin/sh", runner.toString()));
    line.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(environment);
    builder.directory(workingDirectory.toFile()).redirectErrorStream(true);
    Process process = builder.start();
    Thread pump =
        Thread.ofPlatform()
            .daemon()
            .name("log-" + log.getFileName())
            .start(() -> pump(process.getInputStream(), log, logged));
    return new ContainerProcess(process, pump);
  }

  private static void pump(InputStream output, Path log, LongConsumer logged) {
    byte[] buffer = new byte[8192];
    long bytes = 0;
    try (OutputStream file = Files.newOutputStream(log)) {
      logged.accept(bytes);
      for (int count = output.read(buffer); count >= 0; count = output.read(buffer)) {
        file.write(buffer, 0, count);
        bytes += count;
        logged.accept(bytes);
      }
    } catch (IOException e) {
      // The process or the pod's folder went away; what was logged stays.
    }
  }

  /// Waits for the end and gives the exit code; 128 + n for one that signal n ended.
  int await() throws InterruptedException {
    int code = process.waitFor();
    pump.join(Duration.ofSeconds(2));
    closeInput();
    return code;
  }

  /// Asks the command to end; kills it after the grace.
  void terminate(Duration grace) throws InterruptedException {
    // Not Process.destroy(): that closes the pipe as well, which kills.
    process.toHandle().destroy();
    if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
    }
  }

  /// Kills the command and everything that it started.
  void kill() {
    closeInput();
  }

  private void closeInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // The shell at the other end is gone already, which is what closing is for.
    }
  }
}
