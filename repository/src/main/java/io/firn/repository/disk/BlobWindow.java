package io.firn.repository.disk;

/// Neighbouring blobs of a disk that one worker restores together: `first` and so many.
record BlobWindow(int first, int count) {
  int end() {
    return first + count;
  }
}
