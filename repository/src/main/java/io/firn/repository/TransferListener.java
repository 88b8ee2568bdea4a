package io.firn.repository;

/// Told of progress, from any thread. Cheap: called once a block or so.
public interface TransferListener {
  TransferListener SILENT = (done, total, stored) -> {};

  /// Logical bytes done and in all, and bytes stored (or fetched) so far.
  void progress(long bytesDone, long bytesTotal, long bytesStored);
}
