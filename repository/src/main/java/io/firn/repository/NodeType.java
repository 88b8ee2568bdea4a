package io.firn.repository;

/// The node types that Firn writes; others (symlink, device, …) are kept as `OTHER` when read.
public enum NodeType {
  FILE,
  FOLDER,
  OTHER
}
