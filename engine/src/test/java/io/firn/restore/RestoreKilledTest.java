package io.firn.restore;

import static io.firn.restore.RestoreShop.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.firn.doctor.CureReport;
import io.firn.doctor.Doctor;
import io.firn.doctor.DoctorReport;
import io.firn.graph.Kinds;
import io.firn.point.PointSummary;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `firn restore` killed with SIGKILL at any step: the next run finishes it and leaves nothing, the
/// password of the vault least of all; and so does the doctor where there is no next run.
final class RestoreKilledTest {
  private final RestoreShop shop = BackedUpShop.shared().shop();
  private final PointSummary point = BackedUpShop.shared().point();

  @ParameterizedTest
  @ValueSource(strings = {"CONFIGURE", "POPULATE", "MOVING", "APPLY", "START", "CLEAN"})
  void run_killedAtAStep_isFinishedByTheNextOne_whichLeavesNothingOfEither(String step)
      throws IOException {
    String namespace = "dead-" + step.toLowerCase(Locale.ROOT);
    killAt(step, namespace, new Random(step.hashCode()).nextInt(60));

    RestoreRequest request = RequestDraft.to(namespace).only("web").request();
    RestorePlan second = shop.plan(point, request);
    if (second.conflicts().isEmpty()) {
      shop.run(second, RestoreListener.SILENT);
    } else {
      // A stopped machine is not started: killed when all was done but the cleaning, there is
      // nothing
      // to finish.
      assertThat(step).isIn("START", "CLEAN");
      new Doctor(shop.cluster, InstantSource.system()).tidy(namespace);
    }

    assertThat(status(shop.need(Kinds.VIRTUAL_MACHINE, namespace, "web"))).isEqualTo("Stopped");
    assertThat(shop.leftovers(namespace)).isEmpty();
    DoctorReport report = new Doctor(shop.cluster, InstantSource.system()).examine(namespace);
    assertThat(report.leftovers()).isEmpty();
    assertThat(report.unfinished()).isEmpty();
    assertThat(shop.need(Kinds.CLAIM, namespace, "web-root").toString()).doesNotContain("firn.io/");
    assertThat(shop.need(Kinds.NAMESPACE, "", namespace).toString()).doesNotContain("firn.io/");
  }

  @Test
  void run_killedWhileItFills_withoutANextOne_isCleanedUpByTheDoctor() throws IOException {
    killAt("MOVING", "dead-alone", 0);
    Doctor doctor = new Doctor(shop.cluster, InstantSource.system());

    DoctorReport found = doctor.examine("dead-alone");
    CureReport cure = doctor.cure(found);

    assertThat(found.leftovers())
        .extracting(left -> left.object().kind())
        .contains(Kinds.SECRET.kind(), Kinds.CONFIG_MAP.kind());
    assertThat(found.leftovers()).allSatisfy(left -> assertThat(left.why()).contains("has ended"));
    assertThat(found.unfinished())
        .singleElement()
        .satisfies(r -> assertThat(r.mark()).startsWith(point.name().value() + "/"));
    assertThat(cure.failed()).isEmpty();
    assertThat(shop.leftovers("dead-alone")).isEmpty();
  }

  private void killAt(String step, String namespace, int afterMillis) throws IOException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "io.firn.restore.RestoreMain",
                shop.simulator.kubeconfig().toString(),
                shop.vaultFolder.toString(),
                namespace,
                "web")
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out = process.inputReader()) {
      List<String> said = out.lines().takeWhile(line -> !line.equals(step)).toList();
      assertThat(said).as("steps before " + step).doesNotContain("DONE").contains("PREPARE");
      LockSupport.parkNanos(Duration.ofMillis(afterMillis).toNanos());
    } finally {
      process.destroyForcibly();
      process.onExit().join();
    }
  }
}
