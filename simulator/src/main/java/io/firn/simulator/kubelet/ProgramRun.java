package io.firn.simulator.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A container whose image is a [Program], on a thread of its own.
///
/// Thread-safe.
final class ProgramRun implements ContainerLife {
  private static final int SIGNALLED = 143;

  private final NodeContext node;
  private final ObjectNode pod;
  private final ObjectNode container;
  private final Path log;
  private final LogMarks marks;
  private final Program program;
  private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
  private final CompletableFuture<End> end = new CompletableFuture<>();

  private record End(int code, String reason, String message) {}

  ProgramRun(NodeContext node, ObjectNode pod, ObjectNode container, Path folder, Program program) {
    this.node = node;
    this.pod = pod;
    this.container = container;
    this.log = folder.resolve("log");
    this.marks = new LogMarks(node.clock());
    this.program = program;
  }

  @Override
  public void start(Map<String, Path> mounts)
      throws IOException, ContainerEnvironment.ConfigFailure {
    Files.createDirectories(log.getParent());
    Files.deleteIfExists(log);
    Files.createFile(log);
    Map<String, String> variables = new ContainerEnvironment(node.client(), pod).of(container);
    Program.Work work = new Program.Work(pod, variables, mounts, this::print);
    thread.set(Thread.ofVirtual().name("program").start(() -> end.complete(run(work))));
  }

  private End run(Program.Work work) {
    try {
      return new End(0, "Completed", program.run(work));
    } catch (InterruptedException e) {
      return new End(SIGNALLED, "Error", "");
    } catch (IOException | RuntimeException e) {
      // The edge of the program: whatever it was, the container has failed.
      print(String.valueOf(e));
      return new End(1, "Error", String.valueOf(e.getMessage()));
    }
  }

  private synchronized void print(String line) {
    try {
      Files.writeString(log, line + "\n", StandardOpenOption.APPEND);
      marks.grown(Files.size(log));
    } catch (IOException e) {
      throw new UncheckedIOException("write " + log, e);
    }
  }

  @Override
  public ContainerState.Terminated await(String startedAt) throws InterruptedException {
    try {
      End how = end.get();
      String now = PodReport.time(node.clock().instant());
      return new ContainerState.Terminated(how.code(), how.reason(), how.message(), startedAt, now);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void terminate(Duration grace) {
    kill();
  }

  @Override
  public void kill() {
    Thread running = thread.get();
    if (running != null) {
      running.interrupt();
    }
    end.complete(new End(SIGNALLED, "Error", ""));
  }

  @Override
  public Path log() {
    return log;
  }

  @Override
  public LogMarks marks() {
    return marks;
  }
}
