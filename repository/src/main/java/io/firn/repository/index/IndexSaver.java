package io.firn.repository.index;

import io.firn.repository.Digest;
import io.firn.repository.PackId;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.unpacked.UnpackedFiles;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Lists saved packs in index files: at the end, and every so often on the way, so that a writer
/// that is killed leaves most of its work where the next one finds it. Thread-safe.
public final class IndexSaver {
  /// restic's own limit, which keeps an index file below 8 MiB.
  private static final int MAX_BLOBS = 50_000;

  private static final int MAX_PACKS = 64;
  private static final Duration MAX_AGE = Duration.ofMinutes(5);

  private final UnpackedFiles files;
  private final BlobIndex index;
  private final InstantSource clock;
  private final List<IndexedPack> waiting = new ArrayList<>();
  private final Set<FileHandle> written = new HashSet<>();
  private int waitingBlobs;
  private Instant lastFlush;

  public IndexSaver(UnpackedFiles files, BlobIndex index, InstantSource clock) {
    this.files = files;
    this.index = index;
    this.clock = clock;
    this.lastFlush = clock.instant();
  }

  /// The pack is durable: its blobs can be found from now on.
  public synchronized void saved(IndexedPack pack) {
    index.add(pack);
    waiting.add(pack);
    waitingBlobs += pack.entries().size();
    boolean due = clock.instant().isAfter(lastFlush.plus(MAX_AGE));
    if (due || waitingBlobs >= MAX_BLOBS || waiting.size() >= MAX_PACKS) {
      flush();
    }
  }

  /// Packs that are saved and in no index file yet.
  public synchronized List<PackId> unlisted() {
    return waiting.stream().map(IndexedPack::id).toList();
  }

  /// The index files written so far.
  public synchronized Set<FileHandle> written() {
    return Set.copyOf(written);
  }

  public synchronized void flush() {
    if (!waiting.isEmpty()) {
      Digest name = files.save(FileType.INDEX, IndexFile.encode(waiting));
      written.add(new FileHandle(FileType.INDEX, name.toString()));
      waiting.clear();
      waitingBlobs = 0;
    }
    lastFlush = clock.instant();
  }
}
