package io.firn.verify;

/// Told how far a verification is, from any thread. Cheap; must not throw.
public interface VerifyListener {
  VerifyListener SILENT = (claim, bytesDone, bytesTotal) -> {};

  /// How much of a claim's data has been read; bytes.
  void progress(String claim, long bytesDone, long bytesTotal);
}
