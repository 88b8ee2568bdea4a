package io.firn.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.backend.s3.server.S3Proxy;
import io.firn.graph.Kinds;
import io.firn.repository.interop.Restic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole way on a bucket: real commands, real movers in processes of their own, a real S3
/// server.
class S3EndToEndTest {
  private static final String PASSWORD = "snow on the mountain";

  @TempDir Path folder;
  private FirnShell shell;

  @BeforeEach
  void openShell() {
    shell = new FirnShell(folder, PASSWORD);
  }

  @Test
  void vaultInABucket_fromInitToRestore_andAsACopyElsewhere() throws IOException {
    S3Proxy server = S3Proxy.shared();
    Path bucket = server.bucket("whole-way");
    shell.set(
        "FIRN_VAULT", "s3://whole-way/backups/vm?endpoint=" + server.endpoint() + "&region=eu-1");
    shell.set("FIRN_S3_CREDENTIALS_FILE", server.credentialsFile(folder));
    try (DiskShop shop = DiskShop.start(folder.resolve("cluster"))) {
      shell.set("KUBECONFIG", shop.kubeconfig());
      shop.namespace("shop");
      byte[] disk = shop.machine("shop", "db", 40, 7);
      firn("vault", "init");
      firn("backup", "vm/db", "-n", "shop", "--mover-image", "firn");
      assertThat(firn("points")).contains("db");
      firn("restore", "latest", "--to-namespace", "lab", "--new-mac", "--new-firmware-uuid");
      assertThat(shop.disk("lab", "db", disk.length)).isEqualTo(disk);
      assertThat(firn("verify", "latest")).contains("whole");
      firn("vault", "check", "--read-data");
      firn("doctor");
      for (String namespace : new String[] {"shop", "lab"}) {
        assertThat(shop.cluster().objects().list(Kinds.SECRET, namespace, "firn.io/run"))
            .as("credentials are gone with the run")
            .isEmpty();
      }
    }
    readByRestic(server);
    copiedElsewhere(bucket.resolve("backups/vm"));
  }

  private void readByRestic(S3Proxy server) {
    Restic.require();
    String repository = "s3:" + server.endpoint() + "/whole-way/backups/vm/shop";
    Map<String, String> credentials =
        Map.of(
            "AWS_ACCESS_KEY_ID", server.accessKey(), "AWS_SECRET_ACCESS_KEY", server.secretKey());
    assertThat(new Restic(repository, folder, PASSWORD, credentials).run("check", "--read-data"))
        .contains("no errors were found");
  }

  /// As `rclone copy` or `aws s3 sync` lay it down: the objects as files.
  private void copiedElsewhere(Path objects) throws IOException {
    Path copy = folder.resolve("copy");
    try (Stream<Path> all = Files.walk(objects)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path target = copy.resolve(objects.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    shell.set("FIRN_VAULT", copy);
    assertThat(firn("points")).contains("db");
    firn("vault", "check", "--read-data");
  }

  private String firn(String... arguments) {
    String out = shell.firn(arguments);
    assertThat(out).doesNotContain("test-secret");
    return out;
  }
}
