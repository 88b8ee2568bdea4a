package io.firn.cli.command;

import io.firn.cli.Session;
import io.firn.cli.options.StoreOptions;
import io.firn.cli.options.UsageFailure;
import io.firn.failure.ExitCode;
import io.firn.failure.FirnException;
import io.firn.mover.Mover;
import io.firn.mover.MoverResult;
import io.firn.mover.MoverResultJson;
import io.firn.mover.MoverTask;
import io.firn.mover.ProgressLines;
import io.firn.point.Backends;
import io.firn.point.Domain;
import io.firn.point.PasswordFile;
import io.firn.point.Vault;
import io.firn.point.VaultLocation;
import io.firn.repository.Password;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What both movers have in common: the password, the result file, progress as JSON lines on
/// standard output.
final class MoverRun {
  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      required = true,
      description = "File whose first line is the vault's password.")
  private Path passwordFile = Path.of("");

  @Option(
      names = "--result",
      paramLabel = "FILE",
      description =
          "Where the result goes as JSON (in a pod: its termination message); default: standard"
              + " output.")
  private @Nullable Path result;

  @Option(
      names = "--vault",
      paramLabel = "URL",
      required = true,
      description = "Folder of the vault, or s3://bucket/prefix?option=value.")
  private String vault = "";

  @Option(
      names = "--domain",
      paramLabel = "NAME",
      required = true,
      description = "Folder of the repository in the vault: the namespace.")
  private String domain = "";

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Threads; default: one for each processor, 16 at most; for a restore two, 8 at most.")
  private int workers;

  @Mixin private StoreOptions stores = new StoreOptions();

  String vault() {
    return vault;
  }

  String domain() {
    return domain;
  }

  int workers() {
    return workers;
  }

  /// In a pod the domain is there; by hand it need not be.
  void makeDomainIfAbsent(Session session) {
    VaultLocation location = VaultLocation.parse(vault);
    Backends backends = backends(session);
    try {
      if (backends.exists(location) && !backends.folders(location).contains(domain)) {
        makeDomain(location, backends);
      }
    } catch (FirnException e) {
      // The run itself meets it again, and says it in the result.
      return;
    }
  }

  private void makeDomain(VaultLocation location, Backends backends) {
    try (Password password = PasswordFile.read(passwordFile);
        Vault opened = Vault.open(location, password, backends)) {
      opened.openOrCreateDomain(new Domain(domain)).close();
    }
  }

  private Backends backends(Session session) {
    return session.backends().with(stores.access(session, Optional.empty(), Optional.empty()));
  }

  /// Runs the task and leaves its result where it was asked for.
  int run(Session session, MoverTask task) {
    MoverResult outcome;
    try (Password password = PasswordFile.read(passwordFile)) {
      Mover mover = new Mover(backends(session));
      outcome =
          mover.run(task, password, new ProgressLines(session.terminal().out(), session.clock()));
    } catch (FirnException e) {
      outcome = new MoverResult.Failed(e.failure());
    }
    leave(session, MoverResultJson.write(outcome));
    return switch (outcome) {
      case MoverResult.Exported exported -> {
        warn(session, exported.changedRanges());
        yield ExitCode.DONE;
      }
      case MoverResult.Populated _ -> ExitCode.DONE;
      case MoverResult.Failed(var failure) -> {
        session.terminal().err().println("error: " + failure.summary());
        yield ExitCode.ofMover(failure);
      }
    };
  }

  private static void warn(Session session, String changedRanges) {
    if (changedRanges.startsWith("refused") || changedRanges.startsWith("disproved")) {
      session.terminal().err().println("warning: changed ranges " + changedRanges);
    }
  }

  private void leave(Session session, String json) {
    if (result == null) {
      session.terminal().out().println(json);
      return;
    }
    try {
      Files.writeString(result, json);
    } catch (IOException e) {
      throw UsageFailure.of(
          "the result cannot be written to " + result + ": " + e.getMessage(),
          "Name a file in a folder that exists and can be written.");
    }
  }
}
