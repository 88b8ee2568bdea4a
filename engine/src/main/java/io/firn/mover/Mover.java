package io.firn.mover;

import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.failure.RepositoryFailures;
import io.firn.point.Backends;
import io.firn.repository.DiskOptions;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryOptions;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.TransferListener;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.LocalErrors;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/// What runs inside a mover's pod (and can be run by hand on any file or device). Holds no
/// Kubernetes credentials.
///
/// Thread-safe. Failures are values: [MoverResult.Failed].
public final class Mover {
  private final Backends backends;

  public Mover(Backends backends) {
    this.backends = backends;
  }

  /// Does the task; never throws for what can go wrong with vault, volume or password.
  public MoverResult run(MoverTask task, Password password, TransferListener listener) {
    // While the password is stretched to a key, which takes one processor a while.
    Thread.ofPlatform().daemon().name("firn-start").start(() -> prepare(task));
    try (ReadAhead ahead = ReadAhead.begin(task, workers(task, DiskOptions.DEFAULT.workers()));
        Backend backend = backends.open(task.vault(), task.domain().name());
        Repository repository = Repository.open(backend, password, options(task))) {
      return switch (task) {
        case MoverTask.Export export -> export(export, repository, ahead, listener);
        case MoverTask.Populate populate -> populate(populate, repository, listener);
      };
    } catch (RepositoryException e) {
      return new MoverResult.Failed(RepositoryFailures.of(e).failure());
    } catch (FirnException e) {
      return new MoverResult.Failed(e.failure());
    } catch (IOException e) {
      return new MoverResult.Failed(volumeFailure(task, e));
    }
  }

  private static void prepare(MoverTask task) {
    switch (task) {
      case MoverTask.Export _ -> Repository.prepareWrite();
      case MoverTask.Populate _ -> Repository.prepareRestore();
    }
  }

  private static RepositoryOptions options(MoverTask task) {
    return switch (task) {
      case MoverTask.Export export ->
          RepositoryOptions.DEFAULT.withCompression(export.compression());
      case MoverTask.Populate _ -> RepositoryOptions.DEFAULT;
    };
  }

  private static MoverResult export(
      MoverTask.Export task, Repository repository, ReadAhead ahead, TransferListener listener)
      throws IOException {
    try (RepositoryWriter writer = repository.writer()) {
      DiskOptions options =
          new DiskOptions(task.blockSizeBytes(), workers(task, DiskOptions.DEFAULT.workers()));
      DiskOptions diskOptions = ahead.with(options);
      if (Repository.recognisesFast()) {
        diskOptions = diskOptions.seenAs(name(task));
      }
      if (task.changed().isPresent()) {
        diskOptions = diskOptions.with(task.changed().get().read(writer.reader()));
      }
      return new VolumeExport(writer, options, diskOptions, listener).run(task.source());
    }
  }

  private static String name(MoverTask.Export task) {
    return task.volume().isEmpty()
        ? task.source().toAbsolutePath().normalize().toString()
        : task.volume();
  }

  private static MoverResult populate(
      MoverTask.Populate task, Repository repository, TransferListener listener)
      throws IOException {
    int workers = workers(task, DiskOptions.RESTORE_WORKERS);
    return new VolumePopulate(repository.reader(), task.blockSizeBytes(), workers, listener)
        .run(task.tree(), task.target());
  }

  private static int workers(MoverTask task, int otherwise) {
    return task.workers() > 0 ? task.workers() : otherwise;
  }

  private static Failure volumeFailure(MoverTask task, IOException e) {
    Path volume =
        switch (task) {
          case MoverTask.Export export -> export.source();
          case MoverTask.Populate populate -> populate.target();
        };
    String why =
        switch (e) {
          case NoSuchFileException absent -> absent.getFile() + " does not exist";
          case AccessDeniedException denied -> denied.getFile() + " may not be opened";
          default -> String.valueOf(e.getMessage());
        };
    return new Failure(
        FailureCode.MOVER_FAILED,
        "The volume at " + volume + " failed: " + why,
        e instanceof AccessDeniedException
            ? "Check whose it is. In a cluster: let the nodes give devices to the pod's user"
                + " (device_ownership_from_security_context), or run movers as root: --mover-root."
            : "Check the path, its size and its permissions, then try again.",
        Map.of("volume", volume.toString()),
        LocalErrors.isWorthAnotherTry(e));
  }
}
