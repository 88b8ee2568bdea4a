package io.firn.repository.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.DiskOptions;
import io.firn.repository.DiskOutcome;
import io.firn.repository.Node;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryOptions;
import io.firn.repository.RepositoryReader;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.Snapshot;
import io.firn.repository.SnapshotId;
import io.firn.repository.StoredSnapshot;
import io.firn.repository.TestDisks;
import io.firn.repository.TestRepositories;
import io.firn.repository.TestRepositories.Stored;
import io.firn.repository.TransferListener;
import io.firn.repository.TreeId;
import io.firn.repository.backend.LocalBackend;
import io.firn.repository.check.CheckDepth;
import io.firn.repository.check.CheckListener;
import io.firn.repository.check.CheckReport;
import io.firn.repository.disk.FileDiskSource;
import io.firn.repository.disk.FileDiskTarget;
import io.firn.repository.key.KdfCost;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirnWritesResticReadsTest {
  @TempDir Path folder;

  @BeforeEach
  void requireRestic() {
    Restic.require();
  }

  @Test
  void diskAndManifest_readByRestic_areIdentical() throws Exception {
    Path disk = TestDisks.mixed(folder.resolve("disk.img"), (40L << 20) + 12345, 1);
    Password password = new Password("secret".toCharArray());
    Path where = folder.resolve("repo");
    DiskOutcome outcome;
    TreeId root;
    try (Repository repository =
            Repository.init(
                new LocalBackend(where),
                password,
                RepositoryOptions.DEFAULT.withKdfCost(new KdfCost(16, 8, 1)));
        RepositoryWriter writer = repository.writer();
        FileDiskSource source = FileDiskSource.open(disk)) {
      outcome = writer.writeDisk(source, DiskOptions.DEFAULT.seenAs("a"), TransferListener.SILENT);
      Instant now = Instant.parse("2026-11-24T10:11:12.120Z");
      Node image = Node.file("disk.img", now, outcome.file());
      Node manifest =
          Node.file(
              "manifest.json",
              now,
              writer.writeFile("{\"hello\":1}".getBytes(StandardCharsets.UTF_8)));
      TreeId tree = writer.writeTree(List.of(manifest, image));
      root = writer.writeTree(List.of(Node.folder("shop", now, tree)));
      writer.writeSnapshot(
          new Snapshot(
              now,
              root,
              List.of("/shop"),
              "cluster",
              "root",
              List.of("point=a"),
              "firn",
              Optional.empty(),
              Optional.empty()));
    }
    Restic restic = new Restic(where, folder, "secret");
    assertThat(restic.run("check", "--read-data")).contains("no errors were found");
    assertThat(restic.run("snapshots")).contains("cluster").contains("point=a");
    assertThat(restic.run("ls", "-l", "latest")).contains("/shop/disk.img");
    restic.runInto(folder.resolve("dump"), "dump", "latest", "/shop/disk.img");
    assertThat(Files.mismatch(folder.resolve("dump"), disk)).isEqualTo(-1);

    try (Repository repository = Repository.open(new LocalBackend(where), password);
        FileDiskTarget target = FileDiskTarget.create(folder.resolve("back.img"))) {
      CheckReport report = repository.check(CheckDepth.DATA, CheckListener.SILENT);
      assertThat(report.damages()).isEmpty();
      assertThat(report.hints()).isEmpty();
      var reader = repository.reader();
      Node node = reader.find(root, "/shop/disk.img").orElseThrow();
      var restored =
          reader.restoreDisk(node, target, outcome.blockSizeBytes(), 2, TransferListener.SILENT);
      assertThat(restored.digest()).isEqualTo(outcome.digest());
      assertThat(
              new String(
                  reader.readFile(reader.find(root, "/shop/manifest.json").orElseThrow()),
                  StandardCharsets.UTF_8))
          .isEqualTo("{\"hello\":1}");
    }
    assertThat(Files.mismatch(folder.resolve("back.img"), disk)).isEqualTo(-1);
  }

  @Test
  void restore_byRestic_isIdentical_andForgetWithPruneLeavesItWhole() throws Exception {
    Path where = folder.resolve("repo");
    byte[] first = TestDisks.random(new Random(1), 6_000_000);
    byte[] second = first.clone();
    System.arraycopy(TestDisks.random(new Random(2), 2_000_000), 0, second, 1_000_000, 2_000_000);
    try (Repository repository = TestRepositories.init(new LocalBackend(where))) {
      TestRepositories.store(repository, "disk.img", TestRepositories.disk(first));
      Stored kept = TestRepositories.store(repository, "disk.img", TestRepositories.disk(second));
      Restic restic = new Restic(where, folder, TestRepositories.PASSWORD);
      String id = kept.snapshot().toString();
      restic.run("restore", id, "--target", folder.resolve("out").toString());
      assertThat(Files.readAllBytes(folder.resolve("out/shop/disk.img"))).isEqualTo(second);
      for (StoredSnapshot stored : repository.snapshots()) {
        if (!stored.id().equals(kept.snapshot())) {
          restic.run("forget", stored.id().toString(), "--prune", "--max-unused", "0");
        }
      }
      assertThat(restic.run("check", "--read-data")).contains("no errors were found");
      assertThat(repository.snapshots()).hasSize(1);
      assertThat(repository.check(CheckDepth.DATA, CheckListener.SILENT).damages()).isEmpty();
      RepositoryReader reader = repository.reader();
      assertThat(reader.readFile(reader.find(kept.root(), "/shop/disk.img").orElseThrow()))
          .isEqualTo(second);
    }
  }

  @Test
  void lockOfFirn_isSeenByRestic() {
    Path where = folder.resolve("repo");
    try (Repository repository = TestRepositories.init(new LocalBackend(where));
        RepositoryWriter writer = repository.writer()) {
      assertThat(writer.bytesStored()).isZero();
      Restic restic = new Restic(where, folder, TestRepositories.PASSWORD);
      assertThat(restic.attempt("check").errors()).contains("already locked");
      assertThat(restic.run("unlock")).doesNotContain("removed 1");
    }
    assertThat(where.resolve("locks").toFile().list()).isEmpty();
  }

  @Test
  void tags_changedByEither_areTheSameSnapshotToBoth() {
    Path where = folder.resolve("repo");
    try (Repository repository = TestRepositories.init(new LocalBackend(where))) {
      Restic restic = new Restic(where, folder, TestRepositories.PASSWORD);
      SnapshotId first =
          TestRepositories.store(repository, "a", TestRepositories.disk(new byte[9])).snapshot();
      restic.run("tag", "--set", "vm=c", first.toString());
      StoredSnapshot byRestic = repository.snapshots().getFirst();
      assertThat(byRestic.snapshot().original()).contains(first);
      SnapshotId byFirn = repository.retag(byRestic.id(), List.of("vm=d")).orElseThrow();
      assertThat(restic.run("snapshots", "--json"))
          .contains("\"original\":\"" + first + "\"")
          .contains("\"tags\":[\"vm=d\"]")
          .contains(byFirn.toString());
      assertThat(restic.run("check")).contains("no errors were found");
      repository.forget(List.of(byFirn));
      assertThat(restic.run("snapshots", "--json").strip()).isIn("[]", "null");
    }
  }
}
