package io.firn.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.firn.point.Domain;
import io.firn.point.LocalBackends;
import io.firn.point.PointCatalog;
import io.firn.point.PointFilter;
import io.firn.point.PointSummary;
import io.firn.point.Vault;
import io.firn.point.VaultLocation;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryOptions;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.Snapshot;
import io.firn.repository.TreeId;
import io.firn.repository.key.KdfCost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same points, the same rules: `restic forget` and ours keep the same. One machine a
/// namespace, so that restic's grouping by path is our grouping by machine.
class ResticForgetTest {
  private static final Instant NOW = Instant.parse("2026-11-24T20:00:00Z");

  @TempDir private Path folder;

  @Test
  void policies_atRandom_keepWhatResticKeeps() throws IOException {
    requireRestic();
    Random random = new Random(4);
    try (Vault vault = vault()) {
      seal(vault, random);
      List<PointSummary> points = new PointCatalog(vault).list(PointFilter.ALL);
      assertThat(points).hasSize(90);
      boolean oldestToo = keepsOldest(points);
      for (int round = 0; round < 12; round++) {
        List<String> flags = new ArrayList<>();
        RetentionPolicy policy = policy(random, flags);
        assertThat(kept(points, policy, oldestToo)).as("%s", flags).isEqualTo(keptByRestic(flags));
      }
    }
  }

  /// A rule that has room left keeps the oldest snapshot since restic 0.17, and so do we; older
  /// ones did not. Which one this is must show.
  private boolean keepsOldest(List<PointSummary> points) throws IOException {
    RetentionPolicy policy = RetentionPolicy.of(new KeepRule.Every(Period.YEARLY, 50));
    Set<String> restic = keptByRestic(List.of("--keep-yearly", "50"));
    assertThat(kept(points, policy, true)).isNotEqualTo(kept(points, policy, false));
    assertThat(restic).isIn(kept(points, policy, true), kept(points, policy, false));
    return restic.equals(kept(points, policy, true));
  }

  private static Set<String> kept(
      List<PointSummary> points, RetentionPolicy policy, boolean oldestToo) {
    return new ForgetPlanner(InstantSource.fixed(NOW))
        .plan(points, policy, _ -> true).kept().stream()
            .filter(verdict -> oldestToo || verdict.reasons().stream().anyMatch(r -> !oldest(r)))
            .map(verdict -> verdict.point().snapshot().toString())
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean oldest(KeepReason reason) {
    return reason instanceof KeepReason.ByRule rule && rule.oldest();
  }

  private static RetentionPolicy policy(Random random, List<String> flags) {
    List<KeepRule> rules = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      int count = 1 + random.nextInt(5);
      rules.add(new KeepRule.Last(count));
      flags.addAll(List.of("--keep-last", "" + count));
    }
    for (Period period : Period.values()) {
      String name = period.label();
      if (random.nextInt(3) == 0) {
        int count = 1 + random.nextInt(8);
        rules.add(new KeepRule.Every(period, count));
        flags.addAll(List.of("--keep-" + name, "" + count));
      }
      if (random.nextInt(6) == 0) {
        Span span = span(random);
        rules.add(new KeepRule.EveryWithin(period, span));
        flags.addAll(List.of("--keep-within-" + name, span.toString()));
      }
    }
    if (rules.isEmpty() || random.nextInt(4) == 0) {
      Span span = span(random);
      rules.add(new KeepRule.Within(span));
      flags.addAll(List.of("--keep-within", span.toString()));
    }
    return RetentionPolicy.of(rules.toArray(KeepRule[]::new));
  }

  private static Span span(Random random) {
    return new Span(
        random.nextInt(2), random.nextInt(14), random.nextInt(40), 1 + random.nextInt(30));
  }

  /// Ninety points of three machines over three years, thicker towards the end.
  private static void seal(Vault vault, Random random) {
    try (Repository repository = vault.openOrCreateDomain(new Domain("all"));
        RepositoryWriter writer = repository.writer()) {
      TreeId tree = writer.writeTree(List.of());
      for (int i = 0; i < 90; i++) {
        double share = random.nextDouble();
        long agoSeconds = (long) (share * share * share * 3 * 365 * 86_400) + 60;
        Instant time = NOW.minusSeconds(agoSeconds);
        writer.writeSnapshot(
            new Snapshot(
                time,
                tree,
                List.of("/ns" + i % 3),
                "cluster",
                "firn",
                List.of("point=p" + i, "level=filesystem", "vm=m" + i % 3),
                "firn",
                Optional.empty(),
                Optional.empty()));
      }
    }
  }

  private Set<String> keptByRestic(List<String> flags) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "restic", "--no-cache", "forget", "--dry-run", "--json", "--group-by", "paths"));
    command.addAll(flags);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("RESTIC_REPOSITORY", folder.resolve("vault/all").toString());
    builder.environment().put("RESTIC_PASSWORD", "snow");
    builder.environment().put("TZ", "UTC");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
    assertThat(process.exitValue()).as(Files.readString(err)).isZero();
    Set<String> kept = new TreeSet<>();
    for (JsonNode group : new ObjectMapper().readTree(out.toFile())) {
      group.path("keep").forEach(snapshot -> kept.add(snapshot.path("id").asText()));
    }
    return kept;
  }

  private Vault vault() {
    try (Password password = new Password("snow".toCharArray())) {
      return Vault.init(
          VaultLocation.parse(folder.resolve("vault").toString()),
          password,
          LocalBackends.unmounted(),
          RepositoryOptions.DEFAULT.withKdfCost(new KdfCost(16, 8, 1)));
    }
  }

  /// Its absence skips the test on a developer's machine and fails it in CI.
  private static void requireRestic() {
    boolean present =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "restic")));
    if ("true".equals(System.getenv("CI"))) {
      assertThat(present).as("CI installs restic").isTrue();
    }
    assumeTrue(present, "restic is not installed");
  }
}
