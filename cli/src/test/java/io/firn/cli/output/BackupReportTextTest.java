package io.firn.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.backup.BackupReport;
import io.firn.backup.BackupReport.MachineReport;
import io.firn.backup.BackupReport.PointReport;
import io.firn.backup.BackupReport.VolumeReport;
import io.firn.backup.ExcludedClaim;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.point.ConsistencyLevel;
import io.firn.point.Domain;
import io.firn.point.PointName;
import io.firn.repository.SnapshotId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What scripts parse and people read must not change by accident: compared with golden files.
class BackupReportTextTest {
  private static final ObjectRef ORDERS = ObjectRef.of(Kinds.VIRTUAL_MACHINE, "shop", "orders-db");
  private static final ObjectRef LEGACY = ObjectRef.of(Kinds.VIRTUAL_MACHINE, "shop", "legacy");

  private static BackupReport report() {
    return new BackupReport(
        "7f3a",
        List.of(
            new PointReport(
                new PointName("20261124-202040-3f9a"),
                new Domain("shop"),
                SnapshotId.of("ab".repeat(32)),
                "shop",
                List.of(
                    new MachineReport(
                        ORDERS, ConsistencyLevel.FILESYSTEM, "frozen by the guest agent", 212, 14),
                    new MachineReport(LEGACY, ConsistencyLevel.CRASH, "no guest agent", 0, 0)),
                List.of(
                    volume("orders-db-root", 134_217_728L, 50_331_648L, 25_165_824L),
                    volume("legacy-root", 67_108_864L, 8_388_608L, 1_048_576L)),
                List.of(
                    new ExcludedClaim(
                        ORDERS,
                        ObjectRef.of(Kinds.CLAIM, "shop", "scratch"),
                        "excluded by the user")))),
        List.of("VirtualMachine shop/legacy: crash instead of filesystem"),
        Duration.ofMillis(4321));
  }

  private static VolumeReport volume(String claim, long size, long read, long stored) {
    return new VolumeReport(
        ObjectRef.of(Kinds.CLAIM, "shop", claim),
        size,
        read,
        read / 2,
        stored,
        "cd".repeat(32),
        Duration.ofMillis(1500));
  }

  @Test
  void text_aReport_isAsInTheGoldenFile() throws IOException {
    assertThat(BackupReportText.of(report()).as(OutputFormat.TABLE))
        .isEqualTo(golden("backup-report.txt"));
  }

  @Test
  void json_aReport_isAsInTheGoldenFile() throws IOException {
    assertThat(BackupReportText.of(report()).as(OutputFormat.JSON))
        .isEqualTo(golden("backup-report.json"));
  }

  @Test
  void names_aReport_areItsPoints() {
    assertThat(BackupReportText.of(report()).as(OutputFormat.NAME))
        .isEqualTo("20261124-202040-3f9a\n");
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = BackupReportTextTest.class.getResourceAsStream(name)) {
      return new String(
          java.util.Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
