package io.firn.dist.demo;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The stock `restic` of this machine, on one repository of the vault: the proof that nobody needs
/// Firn to get out.
record Restic(Path program, Path repository, Path passwordFile) {

  /// The one on the PATH, if any.
  static Optional<Path> find(String path) {
    for (String folder : path.split(File.pathSeparator, -1)) {
      Path program = Path.of(folder.isEmpty() ? "." : folder, "restic");
      if (Files.isExecutable(program) && Files.isRegularFile(program)) {
        return Optional.of(program);
      }
    }
    return Optional.empty();
  }

  /// The words of a command, the program's name as a user types it.
  static List<String> line(Path repository, Path passwordFile, String... arguments) {
    List<String> line = new ArrayList<>(List.of("restic", "-r", repository.toString()));
    line.addAll(List.of("--password-file", passwordFile.toString(), "--no-cache"));
    line.addAll(List.of(arguments));
    return line;
  }

  /// Runs a command, handing on its output line by line; returns its exit code.
  int run(Consumer<String> lines, String... arguments) throws IOException, InterruptedException {
    Process process = start(true, arguments);
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.accept(line);
      }
    }
    return process.waitFor();
  }

  /// The block digest of a file that restic dumps: SHA-256 over the SHA-256 of each block.
  String dumpDigest(String snapshot, String file, int blockSizeBytes)
      throws IOException, InterruptedException {
    Process process = start(false, "dump", snapshot, file);
    MessageDigest whole = sha256();
    MessageDigest block = sha256();
    try (InputStream in = process.getInputStream()) {
      byte[] buffer = new byte[blockSizeBytes];
      int length = in.readNBytes(buffer, 0, blockSizeBytes);
      while (length > 0) {
        block.update(buffer, 0, length);
        whole.update(block.digest());
        length = in.readNBytes(buffer, 0, blockSizeBytes);
      }
    }
    int exitCode = process.waitFor();
    if (exitCode != 0) {
      throw new DemoFailure("'restic dump' ended with exit code " + exitCode);
    }
    return HexFormat.of().formatHex(whole.digest());
  }

  private Process start(boolean withErrors, String... arguments) throws IOException {
    List<String> line = new ArrayList<>(line(repository, passwordFile, arguments));
    line.set(0, program.toString());
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(withErrors);
    if (!withErrors) {
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    }
    return builder.start();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
