package io.firn.point;

import io.firn.repository.Node;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.TreeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Folders under construction, written bottom up. Not thread-safe.
final class FolderTree {
  private final Map<String, FolderTree> folders = new LinkedHashMap<>();
  private final List<Node> nodes = new ArrayList<>();

  /// The folder at that path, made where absent.
  FolderTree at(List<String> path) {
    FolderTree folder = this;
    for (String name : path) {
      folder = folder.folders.computeIfAbsent(name, _ -> new FolderTree());
    }
    return folder;
  }

  /// Adds a finished file or folder.
  void add(Node node) {
    nodes.add(node);
  }

  TreeId write(RepositoryWriter writer, Instant modified) {
    List<Node> all = new ArrayList<>(nodes);
    folders.forEach(
        (name, folder) -> all.add(Node.folder(name, modified, folder.write(writer, modified))));
    return writer.writeTree(all);
  }
}
