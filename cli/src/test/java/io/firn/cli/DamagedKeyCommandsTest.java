package io.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands about a vault in which a key file is damaged that nobody here needs.
class DamagedKeyCommandsTest {
  private static final String DAMAGED = "0".repeat(64);

  @TempDir private Path folder = Path.of("");
  private TestShell shell = TestShell.withoutCluster();

  @BeforeEach
  void makeVault() throws IOException {
    Path vault = folder.resolve("vault");
    Path password = Files.writeString(folder.resolve("password"), "snow");
    shell.set("FIRN_VAULT", vault).set("FIRN_PASSWORD_FILE", password);
    shell.run("vault", "init");
    Files.writeString(vault.resolve(".firn/keys").resolve(DAMAGED), "{");
  }

  @Test
  void info_tellsOfIt_andOfTheRest() {
    TestShell.Outcome info = shell.run("vault", "info");
    assertThat(info.exitCode()).as(info.err()).isZero();
    assertThat(info.out())
        .contains("restic repository, version 2")
        .contains("warning: .firn: keys/" + DAMAGED + " is damaged")
        .contains("firn vault key remove --domain .firn " + DAMAGED);
    assertThat(shell.run("vault", "info", "-o", "json").out()).contains("\"damagedKeys\"");
  }

  @Test
  void list_showsIt_andRemoveRemovesIt() {
    TestShell.Outcome list = shell.run("vault", "key", "list");
    assertThat(list.exitCode()).as(list.err()).isZero();
    assertThat(list.out()).contains("DAMAGED").contains("*");
    assertThat(shell.run("vault", "key", "remove", "--domain", ".firn", DAMAGED).exitCode())
        .isZero();
    assertThat(shell.run("vault", "info").out()).doesNotContain("damaged");
  }

  @Test
  void passwd_changesThePassword_andLeavesIt() throws IOException {
    Path next = Files.writeString(folder.resolve("next"), "tr0ub4dor");
    TestShell.Outcome changed =
        shell.run("vault", "key", "passwd", "--new-password-file", next.toString());
    assertThat(changed.exitCode()).as(changed.err()).isZero();
    assertThat(shell.run("points").exitCode()).isNotZero();
    assertThat(shell.run("points", "--password-file", next.toString()).exitCode()).isZero();
    assertThat(shell.run("vault", "info", "--password-file", next.toString()).out())
        .contains(DAMAGED);
  }
}
