package io.firn.cli;

import io.firn.cli.output.FailurePrinter;
import io.firn.cluster.ClusterException;
import io.firn.failure.ClusterFailures;
import io.firn.failure.ExitCode;
import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.failure.RepositoryFailures;
import io.firn.repository.RepositoryException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The one place where a failure becomes text and an exit code. Thread-safe.
record FailureHandler(Session session)
    implements IExecutionExceptionHandler, IParameterExceptionHandler {

  @Override
  public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
    return print(failure(thrown), thrown, asJson(command));
  }

  @Override
  public int handleParseException(ParameterException thrown, String[] arguments) {
    CommandLine command = thrown.getCommandLine();
    String help = command.getCommandSpec().qualifiedName() + " --help";
    List<String> likely =
        thrown instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    String guidance =
        likely.isEmpty()
            ? "See " + help + "."
            : "Did you mean " + String.join(", or ", likely) + "? See " + help + ".";
    String summary = thrown.getMessage() == null ? "wrong usage" : firstLine(thrown.getMessage());
    Failure failure = new Failure(FailureCode.USAGE, summary, guidance, Map.of(), false);
    return print(failure, new FirnException(failure), List.of(arguments).contains("json"));
  }

  private int print(Failure failure, Throwable thrown, boolean json) {
    session
        .terminal()
        .err()
        .print(json ? FailurePrinter.json(failure, thrown) : FailurePrinter.text(failure, thrown));
    if (!session.environment().getOrDefault("FIRN_DEBUG", "").isEmpty()) {
      thrown.printStackTrace(session.terminal().err());
    }
    return ExitCode.of(failure.code());
  }

  private static Failure failure(Throwable thrown) {
    return switch (thrown) {
      case FirnException known -> known.failure();
      case ClusterException cluster -> ClusterFailures.of(cluster).failure();
      case RepositoryException repository -> RepositoryFailures.of(repository).failure();
      default -> unexpected(thrown);
    };
  }

  private static Failure unexpected(Throwable thrown) {
    return new Failure(
        FailureCode.INTERNAL,
        "unexpected " + thrown.getClass().getSimpleName() + ": " + thrown.getMessage(),
        "This is a defect of Firn: run again with FIRN_DEBUG=1 and report what it prints.",
        Map.of("exception", thrown.getClass().getName()),
        false);
  }

  private static boolean asJson(CommandLine command) {
    Object output = command.getParseResult().matchedOptionValue("-o", null);
    return output != null && output.toString().equals("json");
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse(text);
  }
}
