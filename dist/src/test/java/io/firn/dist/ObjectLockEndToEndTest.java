package io.firn.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.backend.s3.server.Buckets;
import io.firn.backend.s3.server.Radosgw;
import io.firn.dist.FirnShell.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Object lock from `init` to `prune`, on a store that enforces it.
class ObjectLockEndToEndTest {
  private static final Pattern UNTIL = Pattern.compile("until (\\S+Z)");

  @TempDir Path folder;
  private FirnShell shell;
  private String vault;

  @BeforeEach
  void makeBucket() {
    Radosgw server = Radosgw.shared();
    String bucket = "locked-" + UUID.randomUUID();
    Buckets.make(server, bucket, true);
    vault = "s3://" + bucket + "/vault?endpoint=" + server.endpoint();
    shell = new FirnShell(folder, "snow on the mountain");
    shell.set("FIRN_VAULT", vault);
    shell.set("FIRN_S3_CREDENTIALS_FILE", server.credentialsFile(folder));
  }

  @Test
  void lockedVault_keepsWhatForgetAndPruneWouldTake_andSaysUntilWhen() throws IOException {
    shell.firn("vault", "init", "--object-lock", "compliance:1h");
    twoPoints();
    storeWithoutPoint("compliance:1h");

    assertLocked(
        shell.firn("vault", "info"),
        "object lock enabled",
        "vault:  object lock compliance:1h",
        "locked: ");
    List<String> points = shell.firn("points", "-o", "name").lines().toList();
    assertThat(points).hasSize(2);
    Outcome named = shell.run("forget", points.getFirst());
    assertThat(named.exitCode()).isEqualTo(1);
    assertLocked(named.err(), "locked by the storage", "Nothing was forgotten");
    Outcome ruled = shell.run("forget", "-A", "--keep-last", "1");
    assertThat(ruled.exitCode()).as(ruled.all()).isZero();
    assertLocked(ruled.out(), "locked by the storage", "0 of 2 points forgotten");
    assertLocked(
        shell.firn("vault", "prune", "--grace", "0", "--dry-run"),
        "locked",
        "protected by the storage");
    Outcome pruned = shell.run("vault", "prune", "--grace", "0");
    assertThat(pruned.exitCode()).as(pruned.all()).isZero();
    assertLocked(pruned.out(), "shop: freed 0 B in 0 packs", "kept, though nothing needs it: ");
    assertThat(shell.firn("points", "-o", "name").lines()).containsExactlyElementsOf(points);
    shell.firn("vault", "check", "--read-data");
  }

  @Test
  void lockThatHasEnded_letsAPruneFree() throws Exception {
    shell.firn("vault", "init", "--object-lock", "compliance:16s");
    storeWithoutPoint("compliance:16s");
    String kept = prune();
    assertThat(kept).contains("shop: freed 0 B").contains("kept, though nothing needs it: 3.0 MiB");
    Duration left = Duration.between(Instant.now(), until(kept));
    Thread.sleep(left.plusMillis(1500));
    assertThat(prune()).contains("shop: freed 3.0 MiB").doesNotContain("kept");
  }

  private String prune() {
    Outcome pruned = shell.run("vault", "prune", "--grace", "0", "--domain", "shop");
    assertThat(pruned.exitCode()).as(pruned.all()).isZero();
    return pruned.out();
  }

  private void twoPoints() {
    try (DiskShop shop = DiskShop.start(folder.resolve("cluster"))) {
      shell.set("KUBECONFIG", shop.kubeconfig());
      shop.namespace("shop");
      byte[] disk = shop.machine("shop", "db", 8, 3);
      shell.firn("backup", "vm/db", "-n", "shop", "--mover-image", "firn");
      new Random(4).nextBytes(disk);
      shop.write("shop", "db", disk);
      shell.firn("backup", "vm/db", "-n", "shop", "--mover-image", "firn");
    }
  }

  /// So that there is something to prune. By hand, so the rule is named.
  private void storeWithoutPoint(String rule) {
    shell.storeWithoutPoint(vault + "&object-lock=" + rule, "shop", 3 << 20);
  }

  /// Says those words, and a time that fits a period of an hour and its slack.
  private static void assertLocked(String text, String... words) {
    assertThat(text).contains(words);
    Instant now = Instant.now();
    assertThat(until(text))
        .isBetween(now.plus(Duration.ofMinutes(55)), now.plus(Duration.ofMinutes(76)));
  }

  private static Instant until(String text) {
    Matcher until = UNTIL.matcher(text);
    assertThat(until.find()).as(text).isTrue();
    return Instant.parse(until.group(1));
  }
}
