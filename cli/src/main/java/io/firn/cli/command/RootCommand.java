package io.firn.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// `firn` itself: what there is. Options here hold for every command.
@Command(
    name = "firn",
    header = "Backs up and restores KubeVirt virtual machines.%n",
    synopsisSubcommandLabel = "COMMAND",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nEnvironment:%n",
    footer = {
      "  FIRN_VAULT           the vault, where --vault is not given",
      "  FIRN_PASSWORD_FILE   file with the vault's password; FIRN_PASSWORD the password itself",
      "  KUBECONFIG           the kubeconfig, where --kubeconfig is not given",
      "  FIRN_DEBUG           if set, failures come with a stack trace",
      "",
      "Exit codes: 0 done, 1 failed, 2 usage, 3 done with losses, 10 vault absent,",
      "            11 vault locked, 12 wrong password, 130 interrupted."
    })
public final class RootCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the versions, as the command does.")
  private boolean version;

  @Override
  public void run() {
    if (!help && !version) {
      throw new ParameterException(spec.commandLine(), "no command was given");
    }
  }
}
