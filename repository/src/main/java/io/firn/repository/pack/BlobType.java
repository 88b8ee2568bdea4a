package io.firn.repository.pack;

/// What a blob is. Type and ID together are its identity.
public enum BlobType {
  DATA("data"),
  TREE("tree");

  private final String label;

  BlobType(String label) {
    this.label = label;
  }

  /// The word in index files.
  public String label() {
    return label;
  }
}
