package io.firn.restore;

import io.firn.point.Manifest.VolumeFacts;
import io.firn.point.PointReader;
import io.firn.point.PointSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The shop of `shop.yaml` and its point: opened and backed up once for all tests of this JVM, and
/// closed with it. Each test restores that point to a namespace of its own.
record BackedUpShop(RestoreShop shop, PointSummary point) {
  private static Optional<BackedUpShop> shared = Optional.empty();

  static synchronized BackedUpShop shared() {
    BackedUpShop found = shared.orElseGet(BackedUpShop::open);
    shared = Optional.of(found);
    return found;
  }

  private static BackedUpShop open() {
    try {
      Path folder = Files.createTempDirectory("shop");
      RestoreShop shop = new RestoreShop(folder);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> close(shop, folder)));
      shop.open();
      return new BackedUpShop(shop, shop.backUp(RestoreShop.SHOP));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void close(RestoreShop shop, Path folder) {
    shop.close();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// What a restore wrote, by claim.
  static Map<String, String> digests(RestoreReport report) {
    Map<String, String> digests = new HashMap<>();
    report.volumes().forEach(v -> digests.put(v.claim().name(), v.digest()));
    return digests;
  }

  /// What was captured of the same claims.
  Map<String, String> digestsOf(RestoreReport report) {
    Map<String, String> digests = new HashMap<>();
    try (PointReader reader = PointReader.open(shop.vault, point)) {
      for (VolumeFacts volume : reader.manifest().volumes()) {
        if (report.volumes().stream().anyMatch(v -> v.claim().name().equals(volume.claim()))) {
          digests.put(volume.claim(), volume.digest());
        }
      }
    }
    return digests;
  }
}
