package io.firn.simulator.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What this JVM's tests did in its world. Each class, when it ends, is told on the standard output
/// and in `target/worlds/WORLD/CLASS.tsv`, so that runs of several modules can be put together.
///
/// Thread-safe.
final class WorldAccount {
  static final WorldAccount HERE = new WorldAccount(World.here(), Path.of("target", "worlds"));

  private final World world;
  private final Path folder;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /// One class.
  private static final class Entry {
    final List<String> leftOut = new ArrayList<>();
    int ran;
    int failed;
    int depth;
    long beganNanos;
  }

  WorldAccount(World world, Path folder) {
    this.world = world;
    this.folder = folder.resolve(world.title());
  }

  private Entry of(String name) {
    return entries.computeIfAbsent(name, _ -> new Entry());
  }

  synchronized void began(String name) {
    Entry entry = of(name);
    if (entry.depth++ == 0) {
      entry.beganNanos = System.nanoTime();
    }
  }

  synchronized void ran(String name) {
    of(name).ran++;
  }

  synchronized void failed(String name) {
    of(name).failed++;
  }

  /// `method` "" for the whole class.
  synchronized void leftOut(String name, String method, String why) {
    Entry entry = of(name);
    entry.leftOut.add((method.isEmpty() ? "all" : method) + "\t" + why);
    if (entry.depth == 0) {
      tell(name, entry);
    }
  }

  synchronized void ended(String name) {
    Entry entry = of(name);
    if (--entry.depth == 0) {
      tell(name, entry);
    }
  }

  private void tell(String name, Entry entry) {
    double seconds = entry.beganNanos == 0 ? 0 : (System.nanoTime() - entry.beganNanos) / 1e9;
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s\t%s\t%d ran\t%d failed\t%.1f s"
            .formatted(name, world.title(), entry.ran, entry.failed, seconds));
    entry.leftOut.forEach(
        one -> lines.add("%s\t%s\tleft out\t%s".formatted(name, world.title(), one)));
    lines.forEach(line -> System.out.println("world: " + line.replace('\t', ' ')));
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve(name + ".tsv"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException("the account of " + name, e);
    }
  }
}
