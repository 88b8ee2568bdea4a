package io.firn.mover;

import io.firn.repository.DiskOptions;
import io.firn.repository.DiskSource;
import io.firn.repository.disk.BlocksAhead;
import io.firn.repository.disk.FileDiskSource;
import io.firn.repository.disk.HashesAhead;
import io.firn.repository.disk.WorkAhead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Works on a volume's disk while the repository is being opened: stretching a password, asking
/// storage and waiting for a lock leave the processors idle. Closing ends it.
final class ReadAhead implements AutoCloseable {
  private final Optional<DiskSource> source;
  private final Optional<WorkAhead> work;

  private ReadAhead(Optional<DiskSource> source, Optional<WorkAhead> work) {
    this.source = source;
    this.work = work;
  }

  /// Nothing is done where the task is not a backup, and where the volume or its changed ranges
  /// cannot be read: whoever stores it finds that, too, and says it. `workers` are those of the
  /// backup; one processor is left to whoever opens the repository.
  static ReadAhead begin(MoverTask task, int workers) {
    return switch (task) {
      case MoverTask.Export export -> begin(export, Math.max(1, workers - 1));
      case MoverTask.Populate _ -> nothing();
    };
  }

  private static ReadAhead begin(MoverTask.Export task, int workers) {
    Path volume = task.source();
    Path disk = Files.isDirectory(volume) ? volume.resolve(VolumeExport.DISK) : volume;
    try {
      DiskSource source = FileDiskSource.open(disk);
      try {
        return new ReadAhead(Optional.of(source), Optional.of(work(task, source, workers)));
      } catch (IOException e) {
        source.close();
        throw e;
      }
    } catch (IOException saidByWhoeverStoresIt) {
      return nothing();
    }
  }

  /// What is said to have changed is most likely new, so it is made ready to be stored. Of a whole
  /// disk most is likely there already, so it is only hashed.
  private static WorkAhead work(MoverTask.Export task, DiskSource source, int workers)
      throws IOException {
    int blockBytes = task.blockSizeBytes();
    return task.changed().isPresent()
        ? BlocksAhead.start(
            source, blockBytes, task.changed().get().lines(), task.compression(), workers)
        : HashesAhead.start(source, blockBytes, workers);
  }

  private static ReadAhead nothing() {
    return new ReadAhead(Optional.empty(), Optional.empty());
  }

  /// For the disk only, not for what else lies in the volume.
  DiskOptions with(DiskOptions options) {
    return work.map(options::with).orElse(options);
  }

  @Override
  public void close() throws IOException {
    work.ifPresent(WorkAhead::close);
    if (source.isPresent()) {
      source.get().close();
    }
  }
}
