package io.firn.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// rustic with fixed blocks of 512 KiB.
final class RusticPeer implements Peer {
  private final String version;

  RusticPeer() throws IOException {
    this.version = Shell.run("rustic", "--version").strip().split(" ")[1];
  }

  @Override
  public String name() {
    return "rustic " + version + ", fixed 512 KiB";
  }

  @Override
  public void init(Path repository) throws IOException {
    Shell.run(
        "env",
        "RUSTIC_PASSWORD=bench",
        "rustic",
        "-r",
        repository.toString(),
        "init",
        "--set-chunker",
        "fixed_size",
        "--set-chunk-size",
        "512KiB");
  }

  @Override
  public List<String> backup(Path repository, Path disk) {
    return List.of("rustic", "-r", repository.toString(), "backup", disk.toString());
  }

  @Override
  public List<String> restore(Path repository, Path disk, Path folder) {
    return List.of(
        "rustic",
        "-r",
        repository.toString(),
        "restore",
        "latest:" + disk,
        restored(disk, folder).toString());
  }

  @Override
  public Path restored(Path disk, Path folder) {
    return folder.resolve(disk.getFileName());
  }

  @Override
  public Map<String, String> environment() {
    return Map.of("RUSTIC_PASSWORD", "bench", "RUSTIC_NO_PROGRESS", "true");
  }
}
