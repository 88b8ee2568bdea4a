package io.firn.restore;

import io.firn.repository.Node;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryReader;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.TreeId;
import io.firn.restore.RestoreAction.EntryRename;
import java.util.ArrayList;
import java.util.List;

/// Makes a folder of the vault anew with some entries under other names. Only the folder's listing
/// is written; the content stays where it is. The mover then restores this folder.
record StateTrees(Repository repository) {

  /// The folder to restore: the given one where nothing is renamed.
  TreeId renamed(TreeId folder, List<EntryRename> renames) {
    if (renames.isEmpty()) {
      return folder;
    }
    RepositoryReader reader = repository.reader();
    try (RepositoryWriter writer = repository.writer()) {
      TreeId result = rewrite(reader, writer, folder, "", renames);
      writer.flush();
      return result;
    }
  }

  private static TreeId rewrite(
      RepositoryReader reader,
      RepositoryWriter writer,
      TreeId folder,
      String path,
      List<EntryRename> renames) {
    List<Node> nodes = new ArrayList<>();
    for (Node node : reader.tree(folder).nodes()) {
      String here = path.isEmpty() ? node.name() : path + "/" + node.name();
      Node kept = node;
      if (node.subtree().isPresent() && renames.stream().anyMatch(r -> inside(here, r))) {
        TreeId below = rewrite(reader, writer, node.subtree().get(), here, renames);
        kept = Node.folder(node.name(), node.modified(), below);
      }
      nodes.add(named(kept, newName(here, node.name(), renames)));
    }
    return writer.writeTree(nodes);
  }

  private static boolean inside(String folder, EntryRename rename) {
    return rename.path().startsWith(folder + "/");
  }

  private static String newName(String path, String name, List<EntryRename> renames) {
    return renames.stream()
        .filter(r -> r.path().equals(path))
        .map(EntryRename::newName)
        .findFirst()
        .orElse(name);
  }

  private static Node named(Node node, String name) {
    return new Node(
        name,
        node.type(),
        node.mode(),
        node.modified(),
        node.uid(),
        node.gid(),
        node.sizeBytes(),
        node.content(),
        node.subtree());
  }
}
