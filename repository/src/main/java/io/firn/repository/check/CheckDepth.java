package io.firn.repository.check;

/// How far a check goes. Each depth includes the ones before it.
public enum CheckDepth {
  /// Indexes, snapshots and trees can be read, every blob that is referred to is in an index, every
  /// pack is there and has its exact size. Reads no data blobs.
  STRUCTURE,
  /// The header of every pack says what the index says. Reads a little of each pack.
  HEADERS,
  /// Every byte: packs match their names, blobs their IDs.
  DATA
}
