package io.firn.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.cluster.ClusterException;
import io.firn.point.DomainPolicy;
import io.firn.point.PointSummary;
import io.firn.verify.Verifier;
import io.firn.verify.VerifyDepth;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole way of a backup through vaults that are divided otherwise than by namespace.
class BackupDomainsTest {
  @TempDir private Path folder;

  @Test
  void perVm_twoMachines_becomeTwoPoints_eachInItsDomain() {
    try (BackupTesting testing = new BackupTesting(folder, DomainPolicy.PER_VM)) {
      testing.cluster.machine("db", true, "root");
      testing.cluster.machine("web", true, "www");

      BackupPlan plan = testing.plan(BackupTesting.request("db", "web"));
      BackupReport report = testing.run(plan);

      assertThat(plan.findings())
          .filteredOn(finding -> finding.weight() == PlanFinding.Weight.NOTE)
          .extracting(PlanFinding::message)
          .anyMatch(message -> message.contains("becomes 2 points"));
      assertThat(report.points())
          .extracting(p -> p.domain().name())
          .containsExactly("shop.db", "shop.web");
      assertThat(report.losses()).isEmpty();
      List<PointSummary> points = testing.points();
      assertThat(points)
          .extracting(PointSummary::machines)
          .containsExactlyInAnyOrder(
              List.of(BackupTesting.vm("db")), List.of(BackupTesting.vm("web")));
      for (PointSummary point : points) {
        assertThat(
                new Verifier(InstantSource.system())
                    .verify(testing.vault, point, VerifyDepth.DATA, (_, _, _) -> {})
                    .whole())
            .isTrue();
      }
      testing.assertClean();
    }
  }

  @Test
  void perVm_oneMachineFails_theOtherHasItsPoint() {
    try (BackupTesting testing = new BackupTesting(folder, DomainPolicy.PER_VM)) {
      testing.cluster.machine("db", true, "root");
      testing.cluster.machine("web", true, "www");
      testing
          .cluster
          .volumeSnapshots()
          .beforeCut(
              "root",
              () -> {
                throw new ClusterException(
                    ClusterException.Code.REJECTED, "no more snapshots", Map.of());
              });

      BackupReport report = testing.backUp("db", "web");

      assertThat(report.points()).extracting(p -> p.domain().name()).containsExactly("shop.web");
      assertThat(report.losses())
          .anyMatch(loss -> loss.startsWith("namespace shop, domain shop.db was not backed up"));
      testing.assertClean();
    }
  }

  @Test
  void single_twoMachines_areOnePointInOneDomain() {
    try (BackupTesting testing = new BackupTesting(folder, DomainPolicy.SINGLE)) {
      testing.cluster.machine("db", true, "root");
      testing.cluster.machine("web", true, "www");

      BackupReport report = testing.backUp("db", "web");

      assertThat(report.points()).extracting(p -> p.domain().name()).containsExactly("all");
      assertThat(testing.points().getFirst().machines()).hasSize(2);
    }
  }
}
