package io.firn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Firn's movers, run by hand.
final class FirnPeer implements Peer {
  /// Its block size for a disk of up to 64 GiB.
  static final int BLOCK_BYTES = 256 << 10;

  private static final String DOMAIN = "d";
  private static final Pattern TREE = Pattern.compile("\"tree\":\"([0-9a-f]{64})\"");
  private static final Pattern READ = Pattern.compile("\"bytesRead\":([0-9]+)");

  private final Path launcher;
  private final Path password;
  private final String version;
  private String tree = "";
  private String parent = "";
  private long bytesRead;

  FirnPeer(Path launcher, Path scratch) throws IOException {
    this.launcher = launcher;
    this.password = Files.writeString(scratch.resolve("password"), "bench\n");
    this.version = Shell.run(launcher.toString(), "version").lines().findFirst().orElse("Firn");
  }

  @Override
  public String name() {
    return version;
  }

  /// A vault and its domain: an empty disk is stored, so that the domain is there.
  @Override
  public void init(Path repository) throws IOException {
    Shell.run(
        launcher.toString(),
        "vault",
        "init",
        "--vault",
        repository.toString(),
        "--password-file",
        password.toString());
    Path empty = repository.resolveSibling("empty.img");
    Files.write(empty, new byte[0]);
    Shell.run(backup(repository, empty).toArray(String[]::new));
    Files.delete(empty);
  }

  @Override
  public List<String> backup(Path repository, Path disk) {
    // Both versions of the disk are one volume.
    return mover("backup", repository, "--source", disk.toString(), "--volume", "disk");
  }

  @Override
  public List<String> restore(Path repository, Path disk, Path folder) {
    String target = restored(disk, folder).toString();
    return mover("restore", repository, "--tree", tree, "--target", target);
  }

  @Override
  public Path restored(Path disk, Path folder) {
    return folder.resolve(disk.getFileName());
  }

  @Override
  public Map<String, String> environment() {
    return Map.of();
  }

  @Override
  public void stored(String output) {
    Matcher found = TREE.matcher(output);
    if (found.find()) {
      tree = found.group(1);
    }
    Matcher read = READ.matcher(output);
    if (read.find()) {
      bytesRead = Long.parseLong(read.group(1));
    }
  }

  @Override
  public long bytesRead() {
    return bytesRead;
  }

  @Override
  public void parent() {
    parent = tree;
  }

  @Override
  public boolean takesRanges() {
    return true;
  }

  @Override
  public Optional<List<String>> backupOf(Path repository, Path disk, Path ranges) {
    List<String> line = new ArrayList<>(backup(repository, disk));
    line.addAll(List.of("--changed-ranges", ranges.toString(), "--parent", parent));
    return Optional.of(line);
  }

  private List<String> mover(String direction, Path repository, String... more) {
    List<String> line = new ArrayList<>(List.of(launcher.toString(), "mover", direction));
    line.addAll(List.of("--vault", repository.toString(), "--domain", DOMAIN));
    line.addAll(List.of("--password-file", password.toString()));
    line.addAll(List.of(more));
    return line;
  }
}
