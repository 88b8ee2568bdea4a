package io.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.firn.point.Domain;
import io.firn.point.LocalBackends;
import io.firn.point.Vault;
import io.firn.point.VaultLocation;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.lock.HeldLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Vaults in a state that stops a command: each has its exit code, its message and a next step.
class VaultStatesTest {
  @TempDir private Path folder = Path.of("");
  private Path vault = Path.of("");
  private TestShell shell = TestShell.withoutCluster();

  @BeforeEach
  void nameVault() throws IOException {
    vault = folder.resolve("vault");
    Path password = Files.writeString(folder.resolve("password"), "snow");
    shell.set("FIRN_VAULT", vault).set("FIRN_PASSWORD_FILE", password);
  }

  @Test
  void locked_givesEleven_namesTheOwner_andUnlockHelps() {
    try (TestPoints points = TestPoints.init(vault, "snow")) {
      points.seal("shop", "20261101-100000-0001", "2026-11-01T10:00:00Z", "db");
      points.seal("shop", "20261102-100000-0002", "2026-11-02T10:00:00Z", "db");
    }
    try (Password password = new Password("snow".toCharArray());
        Vault open =
            Vault.open(VaultLocation.parse(vault.toString()), password, LocalBackends.unmounted());
        Repository repository = open.openDomain(new Domain("shop"));
        HeldLock lock = repository.locks().exclusive()) {
      lock.requireHeld();
      for (String[] line :
          new String[][] {
            {"forget", "20261101", "--lock-wait", "0"},
            {"forget", "-A", "--keep-last", "1", "--lock-wait", "0"},
            {"point", "protect", "20261101", "--lock-wait", "0"}
          }) {
        TestShell.Outcome outcome = shell.run(line);
        assertThat(outcome.exitCode()).as("%s", String.join(" ", line)).isEqualTo(11);
        assertThat(outcome.err())
            .contains(vault.resolve("shop") + " is locked exclusively by ")
            .contains("PID " + ProcessHandle.current().pid())
            .contains("\n  next: ")
            .contains("firn vault unlock");
      }
      assertThat(shell.run("points", "-o", "name").out())
          .as("reading needs no lock")
          .hasLineCount(2);
      assertThat(shell.run("vault", "unlock", "--domain", "shop").out())
          .startsWith("0 locks removed\n")
          .contains("yes");
      assertThat(shell.run("vault", "unlock", "--remove-all").out()).isEqualTo("1 locks removed\n");
      assertThat(shell.run("forget", "20261101", "--lock-wait", "0").exitCode()).isZero();
    }
  }

  @Test
  void versionOne_asVaultOrDomain_givesOneAndTheRemedy() throws Exception {
    requireRestic();
    init(vault.resolve(".firn"));
    assertVersionRefused(shell.run("points"), vault.resolve(".firn"));

    Path other = folder.resolve("other");
    TestPoints.init(other, "snow").close();
    init(other.resolve("old"));
    assertVersionRefused(
        shell.run("vault", "info", "--vault", other.toString()), other.resolve("old"));
  }

  @Test
  void perVm_vault_saysSoInItsInfo() {
    assertThat(shell.run("vault", "init", "--domains", "per-vm").exitCode()).isZero();

    assertThat(shell.run("vault", "info").out())
        .isEqualTo(
            """
            vault file:%s
              domains  per-vm
              format   restic repository, version 2
              points   0
              stored   0 B

            DOMAIN   REPOSITORY   POINTS   STORED   KEYS   NEWEST
            """
                .formatted(vault));
    TestShell.Outcome wrong = shell.run("vault", "init", "--domains", "per-planet");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("per-planet").contains("per-namespace, per-vm or single");
  }

  private static void assertVersionRefused(TestShell.Outcome outcome, Path repository) {
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .contains(repository + " has format version 1")
        .contains("\n  next: ")
        .contains("restic migrate upgrade_repo_v2");
  }

  private void init(Path repository) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("restic", "--no-cache", "init", "--repository-version", "1");
    builder.environment().put("RESTIC_REPOSITORY", repository.toString());
    builder.environment().put("RESTIC_PASSWORD", "snow");
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("restic.log").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("restic.log"))).isZero();
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

  @Test
  void check_domainOfAnotherPassword_isNamed_andTheOthersAreChecked() throws IOException {
    try (TestPoints points = TestPoints.init(vault, "snow");
        TestPoints other = TestPoints.init(folder.resolve("other"), "ice")) {
      points.seal("alpha", "20261101-100000-0001", "2026-11-01T10:00:00Z", "db");
      points.seal("gamma", "20261101-100000-0002", "2026-11-01T10:00:00Z", "db");
      other.seal("beta", "20261101-100000-0003", "2026-11-01T10:00:00Z", "db");
    }
    Files.move(folder.resolve("other").resolve("beta"), vault.resolve("beta"));

    TestShell.Outcome outcome = shell.run("vault", "check");
    assertThat(outcome.exitCode()).isEqualTo(12);
    assertThat(outcome.out())
        .contains("alpha: sound, 1 snapshot,")
        .contains("beta: NOT CHECKED: ")
        .contains("gamma: sound, 1 snapshot,");
    TestShell.Outcome json = shell.run("vault", "check", "-o", "json");
    assertThat(json.out()).contains("\"notChecked\" : \"VAULT_WRONG_PASSWORD\"");
    assertThat(shell.run("vault", "check", "-o", "name").out()).isEqualTo("beta\n");
    assertThat(shell.run("vault", "check", "--domain", "beta").exitCode()).isEqualTo(12);
    assertThat(shell.run("vault", "check", "--domain", "gamma").exitCode()).isZero();

    try (Stream<Path> indexes = Files.list(vault.resolve("gamma").resolve("index"))) {
      Files.delete(indexes.findFirst().orElseThrow());
    }
    TestShell.Outcome damaged = shell.run("vault", "check");
    assertThat(damaged.exitCode()).as("damage says more").isEqualTo(1);
    assertThat(damaged.out()).contains("gamma: DAMAGED").contains("beta: NOT CHECKED");
  }
}
