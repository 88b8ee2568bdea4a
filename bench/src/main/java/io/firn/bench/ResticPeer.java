package io.firn.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Stock restic. Up to 0.14 it restores every byte; later ones are asked to restore sparsely.
final class ResticPeer implements Peer {
  private final String program;
  private final String version;

  ResticPeer(String program) throws IOException {
    this.program = program;
    this.version = Shell.run(program, "version").split(" ")[1];
  }

  @Override
  public String name() {
    return "restic " + version;
  }

  @Override
  public void init(Path repository) throws IOException {
    Shell.run("env", "RESTIC_PASSWORD=bench", program, "init", "-r", repository.toString());
  }

  @Override
  public List<String> backup(Path repository, Path disk) {
    return line(repository, "backup", disk.toString());
  }

  @Override
  public List<String> restore(Path repository, Path disk, Path folder) {
    List<String> line = line(repository, "restore", "latest", "--target", folder.toString());
    if (!version.matches("0\\.(\\d|1[0-4])\\..*")) {
      line.add("--sparse");
    }
    return line;
  }

  @Override
  public Path restored(Path disk, Path folder) {
    return folder.resolve(disk.toString().substring(1));
  }

  @Override
  public Map<String, String> environment() {
    return Map.of("RESTIC_PASSWORD", "bench");
  }

  private List<String> line(Path repository, String... arguments) {
    List<String> line = new ArrayList<>(List.of(program, "-r", repository.toString()));
    line.addAll(List.of("--cache-dir", repository.resolveSibling("restic-cache").toString()));
    line.addAll(List.of(arguments));
    return line;
  }
}
