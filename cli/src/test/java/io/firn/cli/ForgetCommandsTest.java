package io.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Forgetting from the command line. It is 2026-11-24.
class ForgetCommandsTest {
  @TempDir private Path folder = Path.of("");
  private TestShell shell = TestShell.withoutCluster();

  @BeforeEach
  void makePoints() throws IOException {
    Path vault = folder.resolve("vault");
    Path password = Files.writeString(folder.resolve("password"), "snow");
    shell.set("FIRN_VAULT", vault).set("FIRN_PASSWORD_FILE", password);
    try (TestPoints points = TestPoints.init(vault, "snow")) {
      points.seal("shop", "20261101-100000-0001", "2026-11-01T10:00:00Z", "db", "web");
      points.seal("shop", "20261102-100000-0002", "2026-11-02T10:00:00Z", "db", "web");
      points.seal("shop", "20261103-100000-0003", "2026-11-03T10:00:00Z", "db");
      points.seal("lab", "20261104-100000-0004", "2026-11-04T10:00:00Z", "probe");
    }
  }

  @Test
  void dryRun_printsEveryPointWithItsReasons_andDoesNothing() {
    TestShell.Outcome outcome =
        shell.run("forget", "-n", "shop", "--keep-last", "1", "--keep-daily", "2", "--dry-run");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .isEqualTo(
            """
            POINT                  NAMESPACE   MACHINES       LEVEL        AGE   VERDICT   WHY
            20261101-100000-0001   shop        vm/db,vm/web   filesystem   23d   keep      daily 2 of 2 for vm/web
            20261102-100000-0002   shop        vm/db,vm/web   filesystem   22d   keep      daily 2 of 2 for vm/db; last 1 of 1 for vm/web; daily 1 of 2 for vm/web
            20261103-100000-0003   shop        vm/db          filesystem   21d   keep      last 1 of 1 for vm/db; daily 1 of 2 for vm/db

            0 of 3 points would be forgotten. Nothing was done: this is the plan.
            """);
    assertThat(points()).hasLineCount(4);
  }

  @Test
  void policy_run_forgetsTheRest_andPointsToPrune() {
    TestShell.Outcome outcome = shell.run("forget", "-A", "--keep-last", "1");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .endsWith("1 of 4 points forgotten.\nThe space comes back with: firn vault prune\n");
    assertThat(points())
        .isEqualTo("20261102-100000-0002\n20261103-100000-0003\n20261104-100000-0004\n");
  }

  @Test
  void policy_forOneMachine_leavesPointsOfOthers() {
    TestShell.Outcome outcome =
        shell.run("forget", "-A", "--vm", "vm/db", "--keep-last", "1", "-o", "name");

    assertThat(outcome.out()).isEmpty();
    assertThat(points()).hasLineCount(4);
  }

  @Test
  void points_named_go() {
    TestShell.Outcome outcome = shell.run("forget", "20261101", "20261102", "-o", "json");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("last point of vm/web").contains("\"POINT_PROTECTED\"");
    assertThat(points()).hasLineCount(4);

    TestShell.Outcome allowed = shell.run("forget", "20261101", "20261102", "--allow-none");
    assertThat(allowed.exitCode()).isZero();
    assertThat(points()).hasLineCount(2);
  }

  @Test
  void point_thatDoesNotExist_stopsItAll() {
    TestShell.Outcome outcome = shell.run("forget", "20261101", "nonsense");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("nonsense").contains("  next: ");
    assertThat(points()).hasLineCount(4);
  }

  @Test
  void point_protected_isShownAndStays_untilItIsNoLonger() {
    TestShell.Outcome outcome =
        shell.run("point", "protect", "20261101", "--until", "2026-12-31", "--reason", "year end");
    assertThat(outcome.out())
        .isEqualTo(
            "point 20261101-100000-0001 is protected until 2027-01-01T00:00:00Z (year end)\n");
    assertThat(shell.run("points", "-n", "shop").out())
        .contains("AGE   PROTECTED\n")
        .contains("until 2027-01-01T00:00:00Z (year end)\n");

    TestShell.Outcome refused = shell.run("forget", "20261101");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .isEqualTo(
            """
            error: The point 20261101-100000-0001 stays: protected until 2027-01-01T00:00:00Z (year end). Nothing was forgotten
              next: Leave it out; or firn point unprotect 20261101-100000-0001, or --allow-none for a last point.
            """);
    assertThat(shell.run("forget", "-n", "shop", "--keep-last", "1", "-o", "name").out()).isEmpty();

    assertThat(shell.run("point", "unprotect", "20261101").out())
        .isEqualTo("point 20261101-100000-0001 is no longer protected\n");
    assertThat(shell.run("point", "unprotect", "20261101").out()).contains("was not protected");
    assertThat(shell.run("points").out()).doesNotContain("PROTECTED");
    assertThat(shell.run("forget", "-n", "shop", "--keep-last", "1", "-o", "name").out())
        .isEqualTo("20261101-100000-0001\n");
  }

  private String points() {
    return shell.run("points", "-o", "name").out();
  }
}
