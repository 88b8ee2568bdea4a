package io.firn.repository.check;

import io.firn.repository.BackendErrors;
import io.firn.repository.PackId;
import io.firn.repository.backend.Backend;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.index.IndexedPack;
import io.firn.repository.pack.PackHeader;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;

/// Checks the headers or all data of packs on several threads.
final class PackChecks implements AutoCloseable {
  private final Backend backend;
  private final SecretKey key;
  private final Findings findings;
  private final boolean data;
  private final long bytesTotal;
  private final CheckListener listener;
  private final PackQueue queue;
  private final ConcurrentLinkedDeque<PackContents> idle = new ConcurrentLinkedDeque<>();
  private final AtomicLong bytesDone = new AtomicLong();
  private final AtomicLong packs = new AtomicLong();

  /// `bytesTotal` is the size of all packs that will be checked.
  PackChecks(
      Backend backend,
      SecretKey key,
      Findings findings,
      CheckOptions options,
      long bytesTotal,
      CheckListener listener) {
    this.backend = backend;
    this.key = key;
    this.findings = findings;
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
    queue.add(() -> work(pack, sizeBytes, contents -> contents.checkOrphan(pack, sizeBytes, data)));
  }

  /// Waits for all. Returns how many packs were looked into.
  long finish() {
    queue.finish();
    return packs.get();
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
    packs.incrementAndGet();
    listener.progress(CheckListener.Phase.PACKS, bytesDone.addAndGet(sizeBytes), bytesTotal);
  }
}
