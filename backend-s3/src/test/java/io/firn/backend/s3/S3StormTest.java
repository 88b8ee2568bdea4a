package io.firn.backend.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.backend.s3.server.Fault;
import io.firn.backend.s3.server.FaultProxy;
import io.firn.backend.s3.server.ProxiedRequest;
import io.firn.backend.s3.server.S3Proxy;
import io.firn.repository.DiskOptions;
import io.firn.repository.DiskOutcome;
import io.firn.repository.Node;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryOptions;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.Snapshot;
import io.firn.repository.StoredSnapshot;
import io.firn.repository.TestDisks;
import io.firn.repository.TransferListener;
import io.firn.repository.backend.Backend;
import io.firn.repository.check.CheckDepth;
import io.firn.repository.check.CheckListener;
import io.firn.repository.disk.FileDiskSource;
import io.firn.repository.disk.FileDiskTarget;
import io.firn.repository.interop.Restic;
import io.firn.repository.key.KdfCost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole backups and restores while one request in four is meant to go wrong: the repository is
/// sound afterwards, to us and to restic, and what comes back is what went in.
class S3StormTest {
  private static final String PASSWORD = "snow";
  private static final RepositoryOptions OPTIONS =
      RepositoryOptions.DEFAULT.withKdfCost(new KdfCost(1024, 8, 1)).withPackSizeBytes(1 << 20);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void backupAndRestore_inAStorm_loseNothing(long seed) throws IOException {
    S3Proxy server = S3Proxy.shared();
    server.bucket("storm");
    String place = UUID.randomUUID().toString();
    Path first = TestDisks.mixed(folder.resolve("first"), 12 << 20, seed);
    Path second = TestDisks.mixed(folder.resolve("second"), 12 << 20, seed + 100);
    Random random = new Random(seed);
    Set<String> wrong = new HashSet<>();
    try (Password password = new Password(PASSWORD.toCharArray());
        FaultProxy proxy = FaultProxy.start(server, request -> storm(random, wrong, request))) {
      Backend shaky = S3Testing.store(proxy, folder, "storm").backend(place);
      try (Repository repository = Repository.init(shaky, password, OPTIONS)) {
        backUp(repository, first);
        backUp(repository, second);
        backUp(repository, first);
      }
      try (Repository repository = Repository.open(shaky, password, OPTIONS)) {
        List<StoredSnapshot> points = repository.snapshots();
        assertThat(points).hasSize(3);
        Path restored = restore(repository, points.getFirst());
        assertThat(Files.mismatch(restored, first)).isEqualTo(-1);
      }
      assertThat(proxy.done()).as("it has stormed").hasSizeGreaterThan(10);
      Backend calm = S3Testing.store(server, folder, "storm").backend(place);
      try (Repository repository = Repository.open(calm, password, OPTIONS)) {
        assertThat(repository.check(CheckDepth.DATA, CheckListener.SILENT).sound()).isTrue();
      }
    }
    Restic.require();
    String address = "s3:" + server.endpoint() + "/storm/repo/" + place;
    Map<String, String> keys =
        Map.of(
            "AWS_ACCESS_KEY_ID", server.accessKey(), "AWS_SECRET_ACCESS_KEY", server.secretKey());
    assertThat(new Restic(address, folder, PASSWORD, keys).run("check", "--read-data"))
        .contains("no errors were found");
  }

  /// Fair to all kinds of harm; a request is chosen once in four times. No file comes down flipped
  /// or shortened twice: what is wrong twice in a row counts as damaged, and rightly so.
  private static Optional<Fault> storm(Random random, Set<String> wrong, ProxiedRequest request) {
    int kind;
    synchronized (random) {
      if (random.nextInt(4) != 0) {
        return Optional.empty();
      }
      kind = random.nextInt(7);
      if (kind >= 5 && request.isDownload() && !wrong.add(request.path())) {
        return Optional.empty();
      }
    }
    return switch (kind) {
      case 0 -> Optional.of(new Fault.Answer(500, "InternalError", ""));
      case 1 -> Optional.of(new Fault.Answer(503, "SlowDown", "Retry-After: 1"));
      case 2 -> Optional.of(new Fault.LoseAnswer());
      case 3 -> Optional.of(new Fault.Answer(429, "", ""));
      case 4 -> Optional.of(request.isUpload() ? new Fault.CutUpload() : new Fault.CutDownload());
      case 5 -> request.isDownload() ? Optional.of(new Fault.FlippedDownload()) : Optional.empty();
      default ->
          request.isDownload() ? Optional.of(new Fault.ShortenedDownload()) : Optional.empty();
    };
  }

  private static void backUp(Repository repository, Path disk) throws IOException {
    try (RepositoryWriter writer = repository.writer();
        FileDiskSource source = FileDiskSource.open(disk)) {
      DiskOutcome outcome =
          writer.writeDisk(source, new DiskOptions(1 << 16, 2), TransferListener.SILENT);
      Node file = Node.file("disk.img", Instant.EPOCH, outcome.file());
      assertThat(
              writer.writeSnapshot(
                  new Snapshot(
                      Instant.now(),
                      writer.writeTree(List.of(file)),
                      List.of("/disk"),
                      "host",
                      "user",
                      List.of(),
                      "test",
                      Optional.empty(),
                      Optional.empty())))
          .isNotNull();
    }
  }

  private Path restore(Repository repository, StoredSnapshot point) throws IOException {
    Path target = folder.resolve("restored");
    Node file = repository.reader().find(point.snapshot().tree(), "disk.img").orElseThrow();
    try (FileDiskTarget disk = FileDiskTarget.create(target)) {
      assertThat(repository.reader().restoreDisk(file, disk, 1 << 16, 2, TransferListener.SILENT))
          .isNotNull();
    }
    return target;
  }
}
