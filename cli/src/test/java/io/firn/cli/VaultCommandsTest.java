package io.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Vaults from the command line: each way in which one cannot be opened has its exit code.
class VaultCommandsTest {
  @TempDir private Path folder = Path.of("");
  private Path vault = Path.of("");
  private Path password = Path.of("");

  @BeforeEach
  void writePassword() throws IOException {
    vault = folder.resolve("vault");
    password = Files.writeString(folder.resolve("password"), "correct horse\n");
  }

  private TestShell shell() {
    return TestShell.withoutCluster().set("FIRN_VAULT", vault).set("FIRN_PASSWORD_FILE", password);
  }

  @Test
  void init_freshFolder_makesAVaultThatInfoReads() {
    assertThat(shell().run("vault", "init").out()).isEqualTo("made vault file:" + vault + "\n");
    TestShell.Outcome info = shell().run("vault", "info");
    assertThat(info.exitCode()).isZero();
    assertThat(info.out()).contains("DOMAIN   REPOSITORY   POINTS   STORED   KEYS   NEWEST");
    assertThat(shell().run("points").out()).isEqualTo("No points in this vault.\n");
    assertThat(shell().run("points", "-o", "name").out()).isEmpty();
  }

  @Test
  void init_vaultThere_failsAndLeavesIt() {
    shell().run("vault", "init");
    TestShell.Outcome again = shell().run("vault", "init");
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).contains(vault.toString()).contains("  next: ");
    assertThat(shell().run("vault", "info").exitCode()).isZero();
  }

  @Test
  void open_absent_givesTen() {
    TestShell.Outcome outcome = shell().run("points");
    assertThat(outcome.exitCode()).isEqualTo(10);
    assertThat(outcome.err()).contains(vault.toString()).contains("firn vault init");
  }

  @Test
  void open_wrongPassword_givesTwelveAndPrintsNoPassword() throws IOException {
    shell().run("vault", "init");
    Path wrong = Files.writeString(folder.resolve("wrong"), "battery staple");
    TestShell.Outcome outcome = shell().run("points", "--password-file", wrong.toString());
    assertThat(outcome.exitCode()).isEqualTo(12);
    assertThat(outcome.err()).contains("--password-file").doesNotContain("battery");
  }

  @Test
  void open_passwordInTheEnvironment_isTaken() {
    shell().run("vault", "init");
    TestShell.Outcome outcome =
        TestShell.withoutCluster()
            .set("FIRN_PASSWORD", "correct horse")
            .run("vault", "info", "--vault", vault.toString());
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void open_someOtherFolder_isNoVault() throws IOException {
    Files.createDirectories(vault.resolve("photos"));
    Files.writeString(vault.resolve("photos").resolve("cat.jpg"), "meow");
    TestShell.Outcome outcome = shell().run("points");
    assertThat(outcome.exitCode()).isIn(1, 10);
    assertThat(outcome.err()).contains(vault.toString()).contains("  next: ");
    assertThat(shell().run("vault", "init").exitCode()).isEqualTo(1);
  }

  @Test
  void open_noVaultNamed_givesTwo() {
    TestShell.Outcome outcome = TestShell.withoutCluster().run("points");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo("error: no vault was named\n  next: Give --vault URL, or set FIRN_VAULT.\n");
  }

  @Test
  void open_noPassword_givesTwo() {
    TestShell.Outcome outcome =
        TestShell.withoutCluster().set("FIRN_VAULT", vault).run("vault", "init");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("FIRN_PASSWORD_FILE");
  }

  @Test
  void key_addedThenOldRemoved_onlyTheNewOneOpens() throws IOException {
    shell().run("vault", "init");
    Path second = Files.writeString(folder.resolve("second"), "tr0ub4dor");
    assertThat(shell().run("vault", "key", "add", "--new-password-file", second.toString()).out())
        .contains(".firn  added key ");
    String old =
        shell()
            .run("vault", "key", "list", "-o", "table")
            .out()
            .lines()
            .filter(l -> l.contains("*"))
            .map(l -> l.split(" +", 3)[1])
            .findFirst()
            .orElseThrow();
    TestShell.Outcome refused = shell().run("vault", "key", "remove", old);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("another password");
    TestShell.Outcome removed =
        shell().run("vault", "key", "remove", old, "--password-file", second.toString());
    assertThat(removed.exitCode()).isZero();
    assertThat(shell().run("points").exitCode()).isEqualTo(12);
    assertThat(shell().run("points", "--password-file", second.toString()).exitCode()).isZero();
  }

  @Test
  void passwd_replacesThePassword_andTheEscrowStays() throws IOException {
    shell().run("vault", "init");
    Path next = Files.writeString(folder.resolve("next"), "tr0ub4dor");
    Path escrow = Files.writeString(folder.resolve("escrow"), "in the safe");
    shell()
        .run("vault", "key", "add", "--label", "escrow", "--new-password-file", escrow.toString());
    assertThat(shell().run("vault", "key", "list").out()).contains("escrow@");
    TestShell.Outcome changed =
        shell().run("vault", "key", "passwd", "--new-password-file", next.toString());
    assertThat(changed.exitCode()).isZero();
    assertThat(changed.out()).startsWith(".firn  added ").contains(", removed ");
    assertThat(shell().run("points").exitCode()).isEqualTo(12);
    for (Path opens : List.of(next, escrow)) {
      assertThat(shell().run("points", "--password-file", opens.toString()).exitCode()).isZero();
    }
    TestShell.Outcome same =
        shell()
            .run(
                "vault",
                "key",
                "passwd",
                "--password-file",
                next.toString(),
                "--new-password-file",
                next.toString());
    assertThat(same.exitCode()).isEqualTo(2);
  }

  @Test
  void check_emptyVault_isSound() {
    shell().run("vault", "init");
    TestShell.Outcome outcome = shell().run("vault", "check", "--read-data");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).startsWith(".firn: sound, 0 snapshots");
    assertThat(shell().run("vault", "unlock").out()).isEqualTo("0 locks removed\n");
  }

  @Test
  void check_subset_isRepeatableBySeed_andNonsenseIsUsage() {
    shell().run("vault", "init");
    TestShell.Outcome outcome =
        shell().run("vault", "check", "--read-data-subset", "50%", "--seed", "7", "-o", "json");
    assertThat(outcome.out()).contains("\"seed\" : 7").contains("\"subset\" : \"50.0%\"");
    TestShell.Outcome nonsense = shell().run("vault", "check", "--read-data-subset", "3/2");
    assertThat(nonsense.exitCode()).isEqualTo(2);
    TestShell.Outcome both =
        shell().run("vault", "check", "--read-data", "--read-data-subset", "1/2");
    assertThat(both.exitCode()).isEqualTo(2);
  }

  @Test
  void repairIndex_soundVault_doesNothing_andRefusesWhatIsNoPack() {
    shell().run("vault", "init");
    assertThat(shell().run("vault", "repair", "index").out())
        .isEqualTo(".firn: nothing to repair, 0 packs\n");
    assertThat(shell().run("vault", "repair", "index", "--dry-run", "-o", "json").out())
        .contains("\"dryRun\" : true");
    assertThat(shell().run("vault", "repair", "index", "--pack", "abc").exitCode()).isEqualTo(2);
  }

  @Test
  void point_unknown_saysSo() {
    shell().run("vault", "init");
    TestShell.Outcome outcome = shell().run("point", "show", "20200101-000000-0000");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("20200101-000000-0000").contains("  next: ");
  }

  @Test
  void prune_plansMarksAndDeletes() throws IOException {
    shell().run("vault", "init");
    Path disk = Files.write(folder.resolve("disk"), new byte[1 << 20]);
    // A disk that is in no point: all of it is dead.
    shell()
        .run(
            "mover",
            "backup",
            "--source",
            disk.toString(),
            "--vault",
            vault.toString(),
            "--domain",
            "shop",
            "--password-file",
            password.toString());
    TestShell.Outcome plan = shell().run("vault", "prune", "--dry-run", "--domain", "shop");
    assertThat(plan.exitCode()).isZero();
    assertThat(plan.out())
        .startsWith("shop: 0 points\nPACKS   COUNT   SIZE")
        .contains("needed by nothing: deleted after 24h00m")
        .contains("0 B freed now, ");
    TestShell.Outcome marked = shell().run("vault", "prune", "--progress", "json");
    assertThat(marked.exitCode()).isZero();
    assertThat(marked.out())
        .contains("shop: freed 0 B in 0 packs, ")
        .contains(" that a prune deletes from 20");
    assertThat(marked.err()).contains("\"step\":\"prune\",\"detail\":\"shop\"");
    TestShell.Outcome now =
        shell().run("vault", "prune", "--domain", "shop", "--grace", "0", "-o", "json");
    assertThat(now.exitCode()).isZero();
    assertThat(now.out()).contains("\"packsDeleted\" : 2").contains("\"packsMarked\" : 0");
  }

  @Test
  void prune_wrongOptions_giveTwo() {
    shell().run("vault", "init");
    assertThat(shell().run("vault", "prune", "--max-unused", "101").exitCode()).isEqualTo(2);
    assertThat(shell().run("vault", "prune", "--grace", "tomorrow").exitCode()).isEqualTo(2);
    assertThat(shell().run("vault", "prune", "--max-repack", "much").exitCode()).isEqualTo(2);
  }
}
