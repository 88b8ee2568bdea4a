package io.firn.repository.check;

import io.firn.repository.BlobId;
import io.firn.repository.BlobList;
import io.firn.repository.Node;
import io.firn.repository.NodeType;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.RepositoryReader;
import io.firn.repository.SnapshotId;
import io.firn.repository.Tree;
import io.firn.repository.TreeId;
import io.firn.repository.index.BlobIndex;
import io.firn.repository.pack.BlobKey;
import io.firn.repository.pack.BlobType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Walks the trees of snapshots: first to see whether all is there, then, where something is lost,
/// to say which files are hurt.
final class SnapshotWalk {
  private final RepositoryReader reader;
  private final BlobIndex index;
  private final Findings findings;
  private final Set<TreeId> seen = new HashSet<>();
  private final Set<BlobKey> reported = new HashSet<>();

  SnapshotWalk(RepositoryReader reader, BlobIndex index, Findings findings) {
    this.reader = reader;
    this.index = index;
    this.findings = findings;
  }

  /// Every tree below can be read and every blob is in the index; what is not is reported once.
  void require(TreeId root) {
    if (!seen.add(root)) {
      return;
    }
    readable(root).ifPresent(tree -> tree.nodes().forEach(this::require));
  }

  private void require(Node node) {
    if (node.type() == NodeType.FOLDER) {
      node.subtree().ifPresent(this::require);
    }
    node.content().ifPresent(this::requireIndexed);
  }

  private void requireIndexed(BlobList content) {
    for (int i = 0; i < content.size(); i++) {
      BlobId id = content.get(i);
      if (index.find(BlobType.DATA, id).isEmpty()) {
        lost(new BlobKey(BlobType.DATA, id), "a file needs it, but it is in no index");
      }
    }
  }

  private Optional<Tree> readable(TreeId id) {
    try {
      return Optional.of(reader.tree(id));
    } catch (RepositoryException e) {
      // A prune that took the pack has replaced the index too: the check looks again.
      if (e.code() != FailureCode.CORRUPT && e.code() != FailureCode.PRUNED) {
        throw e;
      }
      lost(new BlobKey(BlobType.TREE, new BlobId(id.digest())), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private void lost(BlobKey blob, String reason) {
    if (reported.add(blob)) {
      findings.damaged(
          new DamagedObject.DamagedBlob(blob.type(), blob.id()), reason, List.of(blob));
    }
  }

  /// For each lost blob, the files of these snapshots that need it.
  HurtFiles hurt(Map<SnapshotId, TreeId> roots, Set<BlobKey> lost) {
    HurtFiles hurt = new HurtFiles();
    if (!lost.isEmpty()) {
      Set<TreeId> clean = new HashSet<>();
      roots.forEach((snapshot, root) -> new HurtWalk(snapshot, lost, hurt, clean).walk(root, ""));
    }
    return hurt;
  }

  /// One snapshot.
  private final class HurtWalk {
    private final SnapshotId snapshot;
    private final Set<BlobKey> lost;
    private final HurtFiles hurt;
    private final Set<TreeId> clean;

    HurtWalk(SnapshotId snapshot, Set<BlobKey> lost, HurtFiles hurt, Set<TreeId> clean) {
      this.snapshot = snapshot;
      this.lost = lost;
      this.hurt = hurt;
      this.clean = clean;
    }

    /// True where nothing below is hurt.
    boolean walk(TreeId folder, String path) {
      if (clean.contains(folder)) {
        return true;
      }
      BlobKey blob = new BlobKey(BlobType.TREE, new BlobId(folder.digest()));
      if (lost.contains(blob)) {
        note(blob, path.isEmpty() ? "/" : path);
      }
      Optional<Tree> tree = readable(folder);
      boolean sound = !lost.contains(blob) && tree.isPresent();
      for (Node node : tree.map(Tree::nodes).orElse(List.of())) {
        sound &= walk(node, path + "/" + node.name());
      }
      if (sound) {
        clean.add(folder);
      }
      return sound;
    }

    private boolean walk(Node node, String path) {
      boolean sound = node.subtree().map(subtree -> walk(subtree, path)).orElse(true);
      BlobList content = node.content().orElse(new BlobList(new byte[0]));
      for (int i = 0; i < content.size(); i++) {
        BlobKey blob = new BlobKey(BlobType.DATA, content.get(i));
        if (lost.contains(blob)) {
          note(blob, path);
          sound = false;
        }
      }
      return sound;
    }

    private void note(BlobKey blob, String path) {
      hurt.add(blob, new HurtFile(snapshot, path));
    }
  }
}
