package io.firn.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.backup.BackupReport.MachineReport;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.point.ConsistencyLevel;
import io.firn.point.Domain;
import io.firn.point.Manifest;
import io.firn.point.PointReader;
import io.firn.point.PointSummary;
import io.firn.repository.Compression;
import io.firn.repository.Node;
import io.firn.repository.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackupRunnerTest {
  @TempDir private Path folder;
  private BackupTesting testing;

  @BeforeEach
  void begin() {
    testing = new BackupTesting(folder);
  }

  @AfterEach
  void end() {
    testing.close();
  }

  @Test
  void runningMachine_backedUp_isFrozenAroundTheCutsAndThawed() {
    testing.cluster.machine("db", true, "root", "data");
    testing.cluster.volumeSnapshots().beforeCut("root", this::assertFrozen);
    testing.cluster.volumeSnapshots().beforeCut("data", this::assertFrozen);

    BackupReport report = testing.backUp("db");

    assertThat(testing.cluster.guests().calls()).containsExactly("freeze db", "thaw db");
    MachineReport machine = report.points().getFirst().machines().getFirst();
    assertThat(machine.level()).isEqualTo(ConsistencyLevel.FILESYSTEM);
    assertThat(machine.skewMillis()).isEqualTo(1000);
    assertThat(report.losses()).isEmpty();
    testing.assertClean();
  }

  @Test
  void point_readBack_hasDefinitionsFactsAndEveryByte() throws IOException {
    testing.cluster.machine("db", true, "root");
    byte[] before = Files.readAllBytes(testing.cluster.volumeSnapshots().of("root"));

    testing.backUp("db");

    PointSummary point = testing.points().getFirst();
    assertThat(point.machines()).containsExactly(BackupTesting.vm("db"));
    try (PointReader reader = PointReader.open(testing.vault, point)) {
      Manifest.MachineFacts facts = reader.manifest().machines().getFirst();
      assertThat(facts.effectiveMacs())
          .containsExactly(new Manifest.EffectiveMac("default", "02:00:00:00:00:01"));
      assertThat(facts.effectiveFirmwareUuid()).contains("0c0ffee0");
      assertThat(facts.effectiveAnnotations()).containsKey("kubevirt.io/pci-topology-version");
      ObjectNode vm = reader.definition(BackupTesting.vm("db")).orElseThrow();
      assertThat(vm.at("/metadata/resourceVersion").isMissingNode()).isTrue();
      assertThat(vm.at("/metadata/uid").asText()).isEqualTo("vm-db");
      assertThat(reader.definition(ObjectRef.of(Kinds.CLAIM, "shop", "root"))).isPresent();
      assertThat(reader.graph().at("/roots/0/objectReference/name").asText()).isEqualTo("db");
      Node disk = reader.disk("root").orElseThrow();
      assertThat(reader.reader().readFile(disk)).isEqualTo(before);
    }
  }

  @Test
  void run_fromBeforeTheFirstMoverToTheSeal_holdsALockOnItsDomain() {
    testing.cluster.machine("db", true, "root");
    List<Integer> held = new ArrayList<>();
    testing.cluster.volumeSnapshots().beforeCut("root", () -> held.add(locks()));

    testing.backUp("db");

    assertThat(held).as("a prune that wants to be alone has to wait").containsExactly(1);
    assertThat(locks()).isZero();
  }

  @Test
  void run_thatFails_leavesNoLock() {
    testing.cluster.machine("db", true, "root");
    testing
        .cluster
        .volumeSnapshots()
        .beforeCut(
            "root",
            () -> {
              throw new IllegalStateException("as if the storage were broken");
            });

    assertThatThrownBy(() -> testing.backUp("db")).hasMessageContaining("broken");

    assertThat(locks()).isZero();
  }

  private int locks() {
    try (Repository repository = testing.vault.openDomain(new Domain("shop"))) {
      return repository.locks().list().size();
    }
  }

  @Test
  void unchangedDisk_backedUpAgain_addsNothing() {
    testing.cluster.machine("db", false, "root");

    testing.backUp("db");
    BackupReport second = testing.backUp("db");

    assertThat(second.points().getFirst().volumes().getFirst().bytesRead()).isEqualTo(1 << 20);
    assertThat(second.points().getFirst().volumes().getFirst().bytesNew()).isZero();
    assertThat(testing.points()).hasSize(2);
  }

  @Test
  void stoppedMachine_backedUp_isNotFrozenAndConsistent() {
    testing.cluster.machine("web", false, "web-root");

    BackupReport report = testing.backUp("web");

    assertThat(testing.cluster.guests().calls()).isEmpty();
    MachineReport machine = report.points().getFirst().machines().getFirst();
    assertThat(machine.level()).isEqualTo(ConsistencyLevel.FILESYSTEM);
    assertThat(machine.reason()).contains("stopped");
  }

  @Test
  void backup_running_givesMoversThePasswordInASecretOfTheRun() {
    testing.cluster.machine("web", false, "web-root");

    testing.backUp("web");

    List<String> arguments = testing.cluster.moverJobs().started().getFirst().arguments();
    assertThat(arguments).startsWith("mover", "backup").doesNotContain("snow");
    assertThat(testing.cluster.objects().created())
        .anyMatch(ref -> ref.kind().equals(Kinds.SECRET.kind()));
    testing.assertClean();
  }

  @Test
  void backup_withCompression_tellsItsMovers() {
    testing.cluster.machine("web", false, "web-root");
    BackupRequest plain = BackupTesting.request("web");

    testing.run(
        testing.plan(
            new BackupRequest(
                plain.selections(),
                Optional.empty(),
                plain.excludedClaims(),
                BackupTesting.impatient(1, Compression.BETTER))));

    assertThat(testing.cluster.moverJobs().started().getFirst().arguments())
        .containsSequence("--compression", "better");
  }

  @Test
  void hundredDisksWithLongNames_backedUp_areAllInThePoint() {
    String[] claims = new String[100];
    for (int i = 0; i < claims.length; i++) {
      claims[i] = "d".repeat(250 - 1) + "-" + String.format("%03d", i);
    }
    testing.cluster.machine("m".repeat(253), true, claims);

    BackupRequest request = BackupTesting.request("m".repeat(253));
    testing.run(
        testing.plan(
            new BackupRequest(
                request.selections(), Optional.empty(), Set.of(), BackupTesting.wide(50))));

    PointSummary point = testing.points().getFirst();
    try (PointReader reader = PointReader.open(testing.vault, point)) {
      assertThat(reader.manifest().volumes()).hasSize(100);
      assertThat(reader.definitions()).hasSizeGreaterThanOrEqualTo(102);
      assertThat(reader.disk(claims[99])).isPresent();
    }
    testing.assertClean();
  }

  private void assertFrozen() {
    assertThat(testing.cluster.guests().frozen()).contains("db");
  }
}
