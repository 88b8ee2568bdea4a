package io.firn.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.firn.point.LocalBackends;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class CommandTreeTest {

  static List<String> everyCommand() {
    List<String> names = new ArrayList<>();
    collect(tree(), "", names);
    return names;
  }

  private static CommandLine tree() {
    Session session =
        new Session(
            "firn",
            new Terminal(System.out, System.err, 0),
            Map.of(),
            (_, _) -> {
              throw new AssertionError("no cluster in this test");
            },
            LocalBackends.unmounted(),
            TestShell.CLOCK,
            new Random(1));
    return new FirnCli(session, List.of()).commandLine();
  }

  private static void collect(CommandLine command, String prefix, List<String> names) {
    command
        .getSubcommands()
        .forEach((name, sub) -> {
          names.add(prefix + name);
          collect(sub, prefix + name + " ", names);
        });
  }

  @ParameterizedTest
  @MethodSource("everyCommand")
  void help_anyCommand_printsUsageAndSucceeds(String command) {
    String[] words = (command + " --help").split(" ");
    TestShell.Outcome outcome = TestShell.withoutCluster().run(words);
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("Usage: firn " + command).doesNotContain("null");
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void options_everyOne_isDescribed() {
    List<String> silent = new ArrayList<>();
    for (String command : everyCommand()) {
      CommandLine line = tree();
      for (String word : command.split(" ")) {
        line = requireNonNull(line.getSubcommands().get(word), word);
      }
      for (OptionSpec option : line.getCommandSpec().options()) {
        if (option.description().length == 0) {
          silent.add(command + " " + option.longestName());
        }
      }
      if (line.getCommandSpec().usageMessage().description().length == 0) {
        silent.add(command);
      }
    }
    assertThat(silent).isEmpty();
  }

  @Test
  void commands_allOfTheDesign_areThere() {
    assertThat(everyCommand())
        .contains(
            "graph",
            "vault init",
            "vault info",
            "vault check",
            "vault repair index",
            "vault prune",
            "vault unlock",
            "vault key add",
            "vault key list",
            "vault key passwd",
            "vault key remove",
            "backup",
            "points",
            "point show",
            "point volumes",
            "point export",
            "point protect",
            "point unprotect",
            "forget",
            "restore",
            "verify",
            "mover backup",
            "mover restore",
            "doctor",
            "version",
            "completion");
  }

  @Test
  void unknownCommand_nearAKnownOne_suggestsIt() {
    TestShell.Outcome outcome = TestShell.withoutCluster().run("bakup");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: Unmatched argument at index 0: 'bakup'
              next: Did you mean backup? See firn --help.
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "vault",
        "backup --consistency best vm/a",
        "restore",
        "mover backup --source x",
        "points -o xml",
        "graph vm/a --frobnicate"
      })
  void usage_wrong_givesTwoAndSaysWhereToLook(String line) {
    String[] words = line.isEmpty() ? new String[0] : line.split(" ");
    TestShell.Outcome outcome = TestShell.withoutCluster().run(words);
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("error: ").contains("\n  next: ").contains("--help");
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void version_asJson_isOneObject() {
    TestShell.Outcome outcome = TestShell.withoutCluster().run("version", "-o", "json");
    assertThat(outcome.out()).contains("\"firn\"").contains("\"repositoryFormat\" : 2");
    assertThat(outcome.out()).doesNotContain("${");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-V", "--version"})
  void version_asAnOption_saysWhatTheCommandSays(String option) {
    TestShell.Outcome outcome = TestShell.withoutCluster().run(option);
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .startsWith("firn ")
        .isEqualTo(TestShell.withoutCluster().run("version").out());
  }

  @Test
  void completion_bash_knowsEveryCommand() {
    TestShell.Outcome outcome = TestShell.withoutCluster().run("completion", "bash");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("complete ").contains("restore").contains("--to-namespace");
  }
}
