package io.firn.repository.check;

import io.firn.repository.BackendErrors;
import io.firn.repository.PackId;
import io.firn.repository.backend.Backend;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.index.IndexedPack;
import io.firn.repository.pack.PackHeader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;

/// Checks the headers or all data of packs on several threads.
final class PackChecks implements AutoCloseable {
  private final Backend backend;
  private final SecretKey key;
  private final Findings findings;
  private final Findings strays;
  private final boolean data;
  private final long bytesTotal;
  private final CheckListener listener;
  private final PackQueue queue;
  private final ConcurrentLinkedDeque<PackContents> idle = new ConcurrentLinkedDeque<>();
  private final AtomicLong bytesDone = new AtomicLong();

  /// `findings` are about packs that an index lists, `strays` about others. `bytesTotal` is the
  /// size of all packs that will be checked.
  PackChecks(
      Backend backend,
      SecretKey key,
      Findings findings,
      Findings strays,
      CheckOptions options,
      long bytesTotal,
      CheckListener listener) {
    this.backend = backend;
    this.key = key;
    this.findings = findings;
    this.strays = strays;
    this.data = options.depth() == CheckDepth.DATA;
    this.bytesTotal = bytesTotal;
    this.listener = listener;
    this.queue = new PackQueue(options.workers());
  }

  void check(IndexedPack pack) {
    long sizeBytes = PackHeader.packBytes(pack.entries());
    queue.add(() -> work(pack.id(), sizeBytes, contents -> contents.check(pack, data)));
  }

  void checkOrphan(PackId pack, long sizeBytes) {
    queue.add(() ->
        work(
            pack,
            sizeBytes,
            contents ->
                contents
                    .orphanFault(pack, sizeBytes, data)
                    .ifPresent(fault ->
                        strays.damaged(new DamagedObject.DamagedPack(pack), fault, List.of()))));
  }

  /// Waits for all.
  void finish() {
    queue.finish();
  }

  @Override
  public void close() {
    queue.close();
  }

  private interface Look {
    void into(PackContents contents) throws IOException;
  }

  private void work(PackId pack, long sizeBytes, Look look) {
    PackContents free = idle.poll();
    PackContents contents = free == null ? new PackContents(backend, key, findings) : free;
    try {
      look.into(contents);
    } catch (IOException e) {
      throw BackendErrors.failed("could not read packs in", backend, "pack " + pack, e);
    } finally {
      idle.push(contents);
    }
    listener.progress(CheckListener.Phase.PACKS, bytesDone.addAndGet(sizeBytes), bytesTotal);
  }
}
