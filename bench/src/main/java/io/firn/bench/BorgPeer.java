package io.firn.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// borg with fixed blocks of 4 MiB and zstd 1. It extracts into the current folder.
final class BorgPeer implements Peer {
  private final String version;
  private int archives;

  BorgPeer() throws IOException {
    this.version = Shell.run("borg", "--version").strip().split(" ")[1];
  }

  @Override
  public String name() {
    return "borg " + version + ", fixed 4 MiB";
  }

  @Override
  public void init(Path repository) throws IOException {
    Shell.run("env", "BORG_PASSPHRASE=bench", "borg", "init", "-e", "repokey", "" + repository);
    archives = 0;
  }

  @Override
  public List<String> backup(Path repository, Path disk) {
    archives++;
    return List.of(
        "borg",
        "create",
        "--sparse",
        "--chunker-params",
        "fixed,4194304",
        "--compression",
        "zstd,1",
        repository + "::a" + archives,
        disk.toString());
  }

  @Override
  public List<String> restore(Path repository, Path disk, Path folder) {
    return List.of(
        "env", "--chdir=" + folder, "borg", "extract", "--sparse", repository + "::a" + archives);
  }

  @Override
  public Path restored(Path disk, Path folder) {
    return folder.resolve(disk.toString().substring(1));
  }

  @Override
  public Map<String, String> environment() {
    return Map.of("BORG_PASSPHRASE", "bench", "BORG_RELOCATED_REPO_ACCESS_IS_OK", "yes");
  }
}
