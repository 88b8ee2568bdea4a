package io.firn.repository.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What processes that are killed write down in a file outside the repository: before they act,
/// what they mean to do; afterwards, what they were told is safe. A snapshot is known by the seed
/// of its disk, which a change of its tags leaves as it is.
final class CrashNotes {
  private final Path file;

  CrashNotes(Path file) {
    this.file = file;
  }

  void stored(long diskSeed) {
    write("stored " + diskSeed);
  }

  void forgetting(long diskSeed) {
    write("forgetting " + diskSeed);
  }

  void changingPassword(int to) {
    write("changing " + to);
  }

  void changedPassword(int to) {
    write("changed " + to);
  }

  void did(CrashOperation operation) {
    write("did " + operation);
  }

  /// How often an operation came to its end.
  long times(CrashOperation operation) {
    return lines().stream().filter(("did " + operation)::equals).count();
  }

  /// Disks that must be there, oldest first.
  Set<Long> kept() {
    Set<Long> kept = new LinkedHashSet<>();
    for (String line : lines()) {
      String[] words = line.split(" ", 2);
      switch (words[0]) {
        case "stored" -> kept.add(Long.parseLong(words[1]));
        case "forgetting" -> kept.remove(Long.parseLong(words[1]));
        default -> {}
      }
    }
    return kept;
  }

  /// The password that opens now; several where a change of it may or may not have got through.
  List<Integer> passwords() {
    List<Integer> passwords = new ArrayList<>(List.of(0));
    for (String line : lines()) {
      String[] words = line.split(" ", 2);
      switch (words[0]) {
        case "changing" -> passwords.add(Integer.parseInt(words[1]));
        case "changed" -> passwords = new ArrayList<>(List.of(Integer.parseInt(words[1])));
        default -> {}
      }
    }
    return passwords;
  }

  private List<String> lines() {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String line) {
    try {
      Files.writeString(
          file,
          line + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
