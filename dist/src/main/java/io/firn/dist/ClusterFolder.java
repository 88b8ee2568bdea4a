package io.firn.dist;

import io.firn.cli.options.UsageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What a running cluster leaves in its folder for the other commands: `kubeconfig`, and in `pid`
/// the process that runs it.
record ClusterFolder(Path directory) {

  Path kubeconfig() {
    return directory.resolve("kubeconfig");
  }

  /// The process that runs the cluster; empty where none does.
  Optional<ProcessHandle> process() {
    Path file = directory.resolve("pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      String[] words = Files.readString(file).strip().split(" ", 2);
      return ProcessHandle.of(Long.parseLong(words[0]))
          .filter(ProcessHandle::isAlive)
          .filter(process -> words.length < 2 || words[1].equals(startOf(process)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NumberFormatException e) {
      throw UsageFailure.of(
          file + " holds no process number", "Remove it, if no cluster runs in this folder.");
    }
  }

  void claim() throws IOException {
    Files.createDirectories(directory);
    process()
        .ifPresent(running -> {
          throw UsageFailure.of(
              "a cluster runs in " + directory + " already, as process " + running.pid(),
              "Use it, or stop it: firn cluster stop --dir " + directory);
        });
    ProcessHandle self = ProcessHandle.current();
    Files.writeString(directory.resolve("pid"), self.pid() + " " + startOf(self) + "\n");
  }

  void release() throws IOException {
    Files.deleteIfExists(directory.resolve("pid"));
  }

  /// When a process began: its number may be given to another one later.
  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Object::toString).orElse("-");
  }
}
