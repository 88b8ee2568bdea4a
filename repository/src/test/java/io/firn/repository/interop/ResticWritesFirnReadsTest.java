package io.firn.repository.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.KeyId;
import io.firn.repository.Node;
import io.firn.repository.NodeType;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.RepositoryReader;
import io.firn.repository.StoredSnapshot;
import io.firn.repository.TestDisks;
import io.firn.repository.TestRepositories;
import io.firn.repository.TransferListener;
import io.firn.repository.backend.LocalBackend;
import io.firn.repository.check.CheckDepth;
import io.firn.repository.check.CheckListener;
import io.firn.repository.disk.FileDiskTarget;
import io.firn.repository.key.KeyEntry;
import io.firn.repository.key.KeyRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResticWritesFirnReadsTest {
  private static final List<String> NAMES =
      List.of(
          "plain",
          "sp ace",
          "qu\"ote",
          "back\\slash",
          "<&>",
          "gr\u00fcn",
          "tab\there",
          "\u65e5\u672c");

  @TempDir Path folder;

  private Path where = Path.of("");
  private Restic restic = new Restic(where, where, "");

  @BeforeEach
  void requireRestic() {
    Restic.require();
    where = folder.resolve("repo");
    restic = new Restic(where, folder, TestRepositories.PASSWORD);
  }

  @Test
  void backupOfFiles_readByFirn_isIdentical() throws IOException {
    Path source = Files.createDirectory(folder.resolve("source"));
    Path disk = TestDisks.mixed(source.resolve("disk.img"), (30L << 20) + 77, 3);
    Files.createFile(source.resolve("empty"));
    Files.createSymbolicLink(source.resolve("link"), Path.of("empty"));
    for (String name : NAMES) {
      Path file = Files.writeString(source.resolve(name), name);
      Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-02-03T04:05:06.120Z")));
    }
    restic.run("init", "--repository-version", "2");
    restic.run("backup", "--tag", "t1", source.toString());

    try (Repository repository = open()) {
      assertThat(repository.check(CheckDepth.DATA, CheckListener.SILENT).damages()).isEmpty();
      StoredSnapshot snapshot = repository.snapshots().getFirst();
      assertThat(snapshot.snapshot().tags()).containsExactly("t1");
      RepositoryReader reader = repository.reader();
      for (String name : NAMES) {
        Node node = reader.find(snapshot.snapshot().tree(), source + "/" + name).orElseThrow();
        assertThat(new String(reader.readFile(node), java.nio.charset.StandardCharsets.UTF_8))
            .isEqualTo(name);
        assertThat(node.modified()).isEqualTo(Instant.parse("2024-02-03T04:05:06.120Z"));
      }
      assertThat(reader.find(snapshot.snapshot().tree(), source + "/link").orElseThrow().type())
          .isEqualTo(NodeType.OTHER);
      assertThat(
              reader.readFile(
                  reader.find(snapshot.snapshot().tree(), source + "/empty").orElseThrow()))
          .isEmpty();
      Node node = reader.find(snapshot.snapshot().tree(), source + "/disk.img").orElseThrow();
      restoreAndCompare(reader, node, disk);
    }
  }

  private void restoreAndCompare(RepositoryReader reader, Node node, Path disk) throws IOException {
    Path back = folder.resolve("back.img");
    try (FileDiskTarget target = FileDiskTarget.create(back)) {
      var cut = reader.restoreDisk(node, target, 256 << 10, 3, TransferListener.SILENT);
      assertThat(cut.sizeBytes()).isEqualTo(Files.size(disk));
      assertThat(Files.mismatch(back, disk)).isEqualTo(-1);
      try (Repository copy = TestRepositories.init(new io.firn.repository.backend.MemoryBackend());
          var source = io.firn.repository.disk.FileDiskSource.open(disk)) {
        assertThat(TestRepositories.store(copy, "d", source).outcome().digest())
            .as("the block digest does not depend on how the disk is stored")
            .isEqualTo(cut.digest());
      }
    }
  }

  @Test
  void versionOne_isRefusedWithTheRemedy() {
    restic.run("init", "--repository-version", "1");
    assertThatThrownBy(this::open)
        .hasMessageContaining("restic migrate upgrade_repo_v2")
        .isInstanceOfSatisfying(
            RepositoryException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.UNSUPPORTED_VERSION));
  }

  @Test
  void passwordsOfEither_openForBoth() throws IOException {
    restic.run("init", "--repository-version", "2");
    Path second = Files.writeString(folder.resolve("second"), "from restic");
    restic.run("key", "add", "--new-password-file", second.toString());
    try (Repository repository =
        Repository.open(new LocalBackend(where), password("from restic"))) {
      assertThat(repository.keys().list()).hasSize(2);
      assertThat(repository.keys().list().stream().filter(KeyEntry::current)).hasSize(1);
      repository.keys().add(password("from Firn, größer"));
    }
    assertThat(restic.with("from Firn, größer").run("cat", "config")).contains("\"version\": 2");
    assertThat(restic.with("nobody's").attempt("cat", "config").exitCode()).isNotZero();
  }

  @Test
  void passwordsChangedByEither_openForBoth() throws IOException {
    try (Repository repository = TestRepositories.init(new LocalBackend(where))) {
      repository.keys().add(password("for the safe"), "escrow");
      assertThat(repository.keys().openedBy(password("for the safe"))).hasSize(1);
    }
    Path next = Files.writeString(folder.resolve("next"), "from restic");
    restic.run("key", "passwd", "--new-password-file", next.toString());
    assertThat(restic.with("from restic").run("key", "list")).contains("escrow");
    try (Repository repository =
        Repository.open(new LocalBackend(where), password("from restic"))) {
      KeyId old = repository.keys().openedBy(password("for the safe")).getFirst();
      repository.keys().add(password("a new safe"), "escrow");
      assertThat(repository.keys().remove(old)).isEqualTo(KeyRemoval.REMOVED);
    }
    assertThat(restic.with("a new safe").run("cat", "config")).contains("\"version\": 2");
    for (String gone : List.of(TestRepositories.PASSWORD, "for the safe")) {
      assertThat(restic.with(gone).attempt("cat", "config").exitCode()).isNotZero();
    }
  }

  private Repository open() {
    return TestRepositories.open(new LocalBackend(where));
  }

  private static Password password(String text) {
    return new Password(text.toCharArray());
  }
}
