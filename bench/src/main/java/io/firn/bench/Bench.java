package io.firn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Firn against its peers on a generated disk.
///
/// Arguments: launcher, scratch folder, size of the disk in MiB, rounds, file for the report.
public final class Bench {
  private final Path scratch;
  private final long sizeBytes;
  private final int rounds;
  private final FirnPeer firn;
  private final Map<Peer, Figures> figures = new LinkedHashMap<>();

  private Bench(Path launcher, Path scratch, long sizeBytes, int rounds) throws IOException {
    this.scratch = scratch;
    this.sizeBytes = sizeBytes;
    this.rounds = rounds;
    this.firn = new FirnPeer(launcher, scratch);
    figures.put(firn, new Figures());
    for (Peer peer : installed()) {
      figures.put(peer, new Figures());
    }
  }

  public static void main(String[] arguments) throws IOException {
    Path scratch = Path.of(arguments[1]);
    long sizeBytes = Long.parseLong(arguments[2]) << 20;
    int rounds = Integer.parseInt(arguments[3]);
    Bench bench = new Bench(Path.of(arguments[0]), scratch, sizeBytes, rounds);
    String report = bench.run("bench/run " + arguments[2] + " " + arguments[3]);
    Files.writeString(Path.of(arguments[4]), report);
    System.out.println();
    System.out.print(report);
  }

  private String run(String command) throws IOException {
    Report report = new Report(figures);
    report.heading(command, sizeBytes, rounds);
    say("making the disk");
    DiskImages images = new DiskImages(scratch, sizeBytes);
    images.make();
    for (int round = 1; round <= rounds; round++) {
      say("round " + round + " of " + rounds);
      new Round(scratch, images, figures).run(round == 1);
    }
    report.times(sizeBytes);
    report.sizes(images.changedBytes(FirnPeer.BLOCK_BYTES));
    say("the disk of 1 TiB");
    report.large(new LargeDisk(scratch, firn).run());
    report.index(IndexSpeed.run());
    return report.text();
  }

  private static List<Peer> installed() throws IOException {
    List<Peer> peers = new ArrayList<>();
    for (String program : programs("restic(-?[0-9.]+)?")) {
      peers.add(new ResticPeer(program));
    }
    if (peers.isEmpty()) {
      throw new IOException("restic is not on the PATH");
    }
    if (!programs("rustic").isEmpty()) {
      peers.add(new RusticPeer());
    }
    if (!programs("borg").isEmpty()) {
      peers.add(new BorgPeer());
    }
    return peers;
  }

  /// Names on the PATH, the shortest first.
  private static List<String> programs(String pattern) throws IOException {
    List<String> found = new ArrayList<>();
    for (String folder : System.getenv("PATH").split(":")) {
      if (Files.isDirectory(Path.of(folder))) {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
          files
              .filter(Files::isExecutable)
              .map(file -> file.getFileName().toString())
              .filter(name -> name.matches(pattern))
              .forEach(found::add);
        }
      }
    }
    return found.stream().distinct().sorted().toList();
  }

  private static void say(String what) {
    System.err.println("bench: " + what);
  }
}
