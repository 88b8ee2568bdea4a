package io.firn.mover;

import io.firn.repository.DiskOptions;
import io.firn.repository.DiskSource;
import io.firn.repository.disk.FileDiskSource;
import io.firn.repository.disk.HashesAhead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Reads a volume's disk while the repository is being opened: stretching a password, asking
/// storage and waiting for a lock leave the processors idle. Closing ends it.
final class ReadAhead implements AutoCloseable {
  private final Optional<DiskSource> source;
  private final Optional<HashesAhead> hashes;

  private ReadAhead(Optional<DiskSource> source, Optional<HashesAhead> hashes) {
    this.source = source;
    this.hashes = hashes;
  }

  /// Nothing is read where the task is not a backup, where changed ranges say what to read, and
  /// where the volume cannot be read: whoever stores it finds that, too, and says it. `workers` are
  /// those of the backup; one processor is left to whoever opens the repository.
  static ReadAhead begin(MoverTask task, int workers) {
    return switch (task) {
      case MoverTask.Export export when export.changed().isEmpty() -> begin(export, workers);
      case MoverTask.Export _, MoverTask.Populate _ -> nothing();
    };
  }

  private static ReadAhead begin(MoverTask.Export task, int workers) {
    Path volume = task.source();
    Path disk = Files.isDirectory(volume) ? volume.resolve(VolumeExport.DISK) : volume;
    try {
      return begin(FileDiskSource.open(disk), task.blockSizeBytes(), workers);
    } catch (IOException saidByWhoeverStoresIt) {
      return nothing();
    }
  }

  private static ReadAhead begin(DiskSource source, int blockSizeBytes, int workers)
      throws IOException {
    try {
      int hashing = Math.max(1, workers - 1);
      HashesAhead hashes = HashesAhead.start(source, blockSizeBytes, hashing);
      return new ReadAhead(Optional.of(source), Optional.of(hashes));
    } catch (IOException e) {
      source.close();
      throw e;
    }
  }

  private static ReadAhead nothing() {
    return new ReadAhead(Optional.empty(), Optional.empty());
  }

  /// For the disk only, not for what else lies in the volume.
  DiskOptions with(DiskOptions options) {
    return hashes.map(options::with).orElse(options);
  }

  @Override
  public void close() throws IOException {
    hashes.ifPresent(HashesAhead::close);
    if (source.isPresent()) {
      source.get().close();
    }
  }
}
