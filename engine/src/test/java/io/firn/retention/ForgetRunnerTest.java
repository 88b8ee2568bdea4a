package io.firn.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.point.Domain;
import io.firn.point.LocalBackends;
import io.firn.point.PointCatalog;
import io.firn.point.PointFilter;
import io.firn.point.PointSummary;
import io.firn.point.Protection;
import io.firn.point.Vault;
import io.firn.point.VaultLocation;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryOptions;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.Snapshot;
import io.firn.repository.StoredSnapshot;
import io.firn.repository.key.KdfCost;
import io.firn.repository.lock.HeldLock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two domains with two points each, one machine a domain.
class ForgetRunnerTest {
  private static final Instant NOW = Instant.parse("2026-11-24T20:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final Protection FOREVER = new Protection(Optional.empty(), "audit");

  @TempDir private Path folder;
  private Vault vault;

  @BeforeEach
  void make() {
    try (Password password = new Password("snow".toCharArray())) {
      vault =
          Vault.init(
              VaultLocation.parse(folder.resolve("vault").toString()),
              password,
              LocalBackends.unmounted(),
              RepositoryOptions.DEFAULT
                  .withKdfCost(new KdfCost(16, 8, 1))
                  .withLockWait(Duration.ZERO));
    }
    for (String domain : new String[] {"lab", "shop"}) {
      seal(domain, "1", "2026-11-01T00:00:00Z");
      seal(domain, "2", "2026-11-02T00:00:00Z");
    }
  }

  @AfterEach
  void close() {
    vault.close();
  }

  @Test
  void plan_run_removesExactlyThat() {
    ForgetReport report = new ForgetRunner(vault).run(lastOnly());

    assertThat(report.forgotten()).hasSize(2);
    assertThat(report.left()).isEmpty();
    assertThat(names()).containsExactly("lab-2", "shop-2");
  }

  @Test
  void domain_locked_leavesItsPoints_andTheOthersGo() {
    ForgetPlan plan = lastOnly();
    ForgetReport report;
    try (Repository repository = vault.openDomain(new Domain("lab"));
        HeldLock lock = repository.locks().exclusive()) {
      lock.requireHeld();
      report = new ForgetRunner(vault).run(plan);
    }

    assertThat(names()).containsExactly("lab-1", "lab-2", "shop-2");
    assertThat(report.left()).hasSize(1);
    assertThat(report.left().getFirst().why().code()).isEqualTo(FailureCode.VAULT_LOCKED);
  }

  @Test
  void everyDomain_locked_isAFailure() {
    ForgetPlan plan = lastOnly();
    try (Repository lab = vault.openDomain(new Domain("lab"));
        Repository shop = vault.openDomain(new Domain("shop"));
        HeldLock one = lab.locks().exclusive();
        HeldLock two = shop.locks().exclusive()) {
      one.requireHeld();
      two.requireHeld();
      FirnException e =
          catchThrowableOfType(FirnException.class, () -> new ForgetRunner(vault).run(plan));
      assertThat(e.failure().code()).isEqualTo(FailureCode.VAULT_LOCKED);
    }
    assertThat(names()).hasSize(4);
  }

  @Test
  void point_protectedAfterThePlan_stays() {
    ForgetPlan plan = lastOnly();
    new PointProtector(vault).protect(find("lab-1"), FOREVER);

    ForgetReport report = new ForgetRunner(vault).run(plan);

    assertThat(names()).containsExactly("lab-1", "lab-2", "shop-2");
    assertThat(report.left().getFirst().why().summary()).contains("lab-1").contains("meanwhile");
  }

  @Test
  void protect_thenUnprotect_leavesThePointAsItWas() {
    PointSummary before = find("lab-1");
    new PointProtector(vault).protect(before, FOREVER);
    assertThat(find("lab-1").protection()).contains(FOREVER);
    assertThat(lastOnly().kept()).hasSize(3);

    Protection shorter = new Protection(Optional.of(NOW.plusSeconds(5)), "");
    new PointProtector(vault).protect(find("lab-1"), shorter);
    assertThat(find("lab-1").protection()).contains(shorter);

    new PointProtector(vault).unprotect(find("lab-1"));
    PointSummary after = find("lab-1");
    assertThat(after.protection()).isEmpty();
    assertThat(after.copies()).hasSize(1);
    assertThat(after.tree()).isEqualTo(before.tree());
    assertThat(after.machines()).isEqualTo(before.machines());
  }

  @Test
  void copies_leftByACutRetag_areOnePoint_withTheStrongerProtection() {
    PointSummary plain = find("lab-1");
    copyWith(plain, "protected=2026-11-30T00:00:00Z");
    copyWith(plain, "protected=forever");

    PointSummary merged = find("lab-1");
    assertThat(names()).hasSize(4);
    assertThat(merged.copies()).hasSize(3).contains(plain.snapshot());
    assertThat(merged.protection()).contains(new Protection(Optional.empty(), ""));

    new PointProtector(vault).unprotect(merged);
    assertThat(find("lab-1").copies()).hasSize(1);
    new ForgetRunner(vault).run(lastOnly());
    assertThat(names()).containsExactly("lab-2", "shop-2");
  }

  @Test
  void copies_whenForgotten_goTogether() {
    copyWith(find("lab-1"), "x=y");
    new ForgetRunner(vault).run(lastOnly());

    assertThat(vault.snapshotIds(new Domain("lab"))).hasSize(1);
  }

  @Test
  void protect_pointThatIsGone_saysSo() {
    PointSummary gone = find("lab-1");
    new ForgetRunner(vault).run(lastOnly());
    FirnException e =
        catchThrowableOfType(
            FirnException.class, () -> new PointProtector(vault).protect(gone, FOREVER));

    assertThat(e.failure().code()).isEqualTo(FailureCode.POINT_NOT_FOUND);
  }

  private ForgetPlan lastOnly() {
    ForgetRunner runner = new ForgetRunner(vault);
    return runner.withStorageLocks(
        new ForgetPlanner(CLOCK)
            .plan(points(), RetentionPolicy.of(new KeepRule.Last(1)), _ -> true));
  }

  private List<PointSummary> points() {
    return new PointCatalog(vault).list(PointFilter.ALL);
  }

  private List<String> names() {
    return points().stream().map(point -> point.name().value()).sorted().toList();
  }

  private PointSummary find(String name) {
    return new PointCatalog(vault).find(name, PointFilter.ALL);
  }

  private void seal(String domain, String number, String time) {
    try (Repository repository = vault.openOrCreateDomain(new Domain(domain));
        RepositoryWriter writer = repository.writer()) {
      writer.writeSnapshot(
          new Snapshot(
              Instant.parse(time),
              writer.writeTree(List.of()),
              List.of("/" + domain),
              "cluster",
              "firn",
              List.of("point=" + domain + "-" + number, "level=filesystem", "vm=db"),
              "firn",
              Optional.empty(),
              Optional.empty()));
    }
  }

  /// As a retag that was killed after its first step leaves it.
  private void copyWith(PointSummary point, String tag) {
    try (Repository repository = vault.openDomain(point.domain());
        RepositoryWriter writer = repository.writer()) {
      StoredSnapshot stored = repository.snapshot(point.snapshot()).orElseThrow();
      Snapshot old = stored.snapshot();
      List<String> tags = new ArrayList<>(old.tags());
      tags.add(tag);
      writer.writeSnapshot(
          new Snapshot(
              old.time(),
              old.tree(),
              old.paths(),
              old.hostname(),
              old.username(),
              tags,
              old.programVersion(),
              old.parent(),
              old.summary(),
              Optional.of(stored.id())));
    }
  }
}
