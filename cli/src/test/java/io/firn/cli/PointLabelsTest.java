package io.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Points that carry labels: listed, chosen and forgotten by them.
class PointLabelsTest {
  @TempDir private Path folder = Path.of("");
  private TestShell shell = TestShell.withoutCluster();

  @BeforeEach
  void begin() throws IOException {
    Path vault = folder.resolve("vault");
    Path password = Files.writeString(folder.resolve("password"), "snow");
    shell.set("FIRN_VAULT", vault).set("FIRN_PASSWORD_FILE", password);
    List<String> nightly = List.of("label.name=nightly", "label.tier=gold");
    try (TestPoints points = TestPoints.init(vault, "snow")) {
      points.seal("shop", "20261101-100000-0001", "2026-11-01T10:00:00Z", nightly, "db");
      points.seal("yard", "20261101-100000-0002", "2026-11-01T10:00:01Z", nightly, "db");
      points.seal("shop", "20261102-100000-0003", "2026-11-02T10:00:00Z", "db");
    }
  }

  @Test
  void points_showLabels_andAreFoundByThem_everyOneOfThem() {
    assertThat(shell.run("points").out()).contains("LABELS").contains("name=nightly,tier=gold");
    assertThat(shell.run("points", "--label", "name=nightly", "-o", "name").out())
        .isEqualTo("20261101-100000-0001\n20261101-100000-0002\n");
    assertThat(
            shell
                .run("points", "--label", "name=nightly", "--label", "tier=lead", "-o", "name")
                .out())
        .isEmpty();
    assertThat(shell.run("points", "-n", "yard", "--label", "tier=gold", "-o", "json").out())
        .contains("\"name\" : \"nightly\"");
    // What is remembered on this machine says the same.
    assertThat(shell.run("points", "--label", "name=nightly", "-o", "name").out()).hasLineCount(2);
  }

  @Test
  void forget_byLabel_asksForAClearWord_andKeepsTheLastOfAMachine() {
    assertThat(shell.run("forget", "--label", "name=nightly").exitCode()).isEqualTo(2);
    assertThat(shell.run("forget", "-A", "--label", "name=nightly", "--keep-last", "1").exitCode())
        .isEqualTo(2);
    TestShell.Outcome last = shell.run("forget", "-A", "--label", "name=nightly");
    assertThat(last.exitCode()).isEqualTo(1);
    assertThat(last.err()).contains("last point of vm/db");

    TestShell.Outcome done =
        shell.run("forget", "-A", "--label", "name=nightly", "--allow-none", "-o", "name");

    assertThat(done.exitCode()).isZero();
    assertThat(shell.run("points", "-o", "name").out()).isEqualTo("20261102-100000-0003\n");
  }

  @Test
  void labelThatIsNone_isUsage() {
    TestShell.Outcome outcome = shell.run("points", "--label", "a b=c,d");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("is no label");
  }
}
