package io.firn.repository.pack;

import io.firn.repository.BlobId;

/// The identity of a blob.
public record BlobKey(BlobType type, BlobId id) {
  @Override
  public String toString() {
    return type.label() + " blob " + id;
  }
}
