package io.firn.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.backend.s3.server.Fault;
import io.firn.backend.s3.server.FaultProxy;
import io.firn.backend.s3.server.ProxiedRequest;
import io.firn.backend.s3.server.S3Proxy;
import io.firn.dist.FirnShell.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Checks and prunes of a vault in a bucket that is 20 ms away and fails now and then: what they
/// say meanwhile, and that they come to their end.
class S3UpkeepTest {
  private static final Duration DISTANCE = Duration.ofMillis(20);

  @TempDir Path folder;
  private final Random random = new Random(7);
  private FaultProxy store;
  private FirnShell shell;
  private String vault;

  @BeforeEach
  void prepare() throws IOException {
    S3Proxy server = S3Proxy.shared();
    server.bucket("upkeep");
    store = FaultProxy.start(server, DISTANCE, this::fault);
    vault = "s3://upkeep/%s?endpoint=%s&region=eu-1".formatted(UUID.randomUUID(), store.endpoint());
    shell = new FirnShell(folder, "snow on the mountain");
    shell.set("FIRN_VAULT", vault).set("FIRN_S3_CREDENTIALS_FILE", server.credentialsFile(folder));
    shell.firn("vault", "init");
    shell.storeWithoutPoint(vault, "shop", 36 << 20);
  }

  private synchronized Optional<Fault> fault(ProxiedRequest request) {
    if (random.nextInt(15) == 0) {
      return Optional.of(new Fault.Answer(503, "SlowDown", ""));
    }
    return request.isDownload() && random.nextInt(15) == 0
        ? Optional.of(new Fault.CutDownload())
        : Optional.empty();
  }

  @AfterEach
  void stop() {
    store.close();
  }

  @Test
  void checkAndPrune_sayHowFarTheyAre_andEnd() {
    Outcome check = done("vault", "check", "--read-data", "--domain", "shop");
    assertThat(check.out()).contains("shop: sound");
    assertThat(check.err())
        .containsPattern("(?m)^  shop  100%  36 MiB of 36 MiB(  [\\d.]+ .iB/s)?$")
        .doesNotContain("stored");

    Outcome headers = done("vault", "check", "--headers", "--domain", "shop");
    assertThat(headers.err()).containsPattern("(?m)^  shop  100%$");

    Outcome marked = done("vault", "prune", "--domain", "shop");
    assertThat(marked.out()).contains("shop: freed 0 B in 0 packs, marked 36 MiB that a prune");

    Outcome pruned = done("vault", "prune", "--grace", "0", "--domain", "shop");
    assertThat(pruned.out()).contains("shop: freed 36 MiB");
    assertThat(pruned.err()).containsPattern("(?m)^  shop delete  100%  (\\d+) of \\1 packs$");
    assertThat(store.done()).as("faults on the way").hasSizeGreaterThan(5);
    assertThat(done("vault", "check").out()).contains("shop: sound, 0 snapshots, 0 packs");
  }

  private Outcome done(String... arguments) {
    Outcome outcome = shell.run(arguments);
    assertThat(outcome.exitCode()).as("%s: %s", List.of(arguments), outcome.all()).isZero();
    return outcome;
  }
}
