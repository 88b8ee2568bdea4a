package io.firn.cli.command;

import io.firn.cli.Session;
import io.firn.failure.ExitCode;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `firn completion bash|zsh`.
@Command(
    name = "completion",
    description = "Print a completion script for a shell.",
    footerHeading = "%nTo use it now:%n",
    footer = {"  bash   source <(firn completion bash)", "  zsh    source <(firn completion zsh)"})
public final class CompletionCommand implements Callable<Integer> {
  private final Session session;
  private final CommandLine root;

  @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
  private Shell shell = Shell.BASH;

  /// Completes the commands of `root`.
  public CompletionCommand(Session session, CommandLine root) {
    this.session = session;
    this.root = root;
  }

  @Override
  public Integer call() {
    String script = AutoComplete.bash("firn", root);
    session
        .terminal()
        .out()
        .print(
            switch (shell) {
              case BASH -> script;
              // zsh reads bash's script through its own layer, which must be on before it is read.
              case ZSH -> "autoload -U +X compinit && compinit\n" + script;
            });
    return ExitCode.DONE;
  }

  /// The shells there are scripts for.
  enum Shell {
    BASH,
    ZSH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
