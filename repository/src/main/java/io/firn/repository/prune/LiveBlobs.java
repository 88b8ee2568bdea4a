package io.firn.repository.prune;

import io.firn.repository.BlobId;
import io.firn.repository.BlobList;
import io.firn.repository.Node;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.RepositoryReader;
import io.firn.repository.TreeId;
import io.firn.repository.index.BlobIndex;
import io.firn.repository.pack.BlobType;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;

/// The blobs that snapshots need, by their numbers in the index, in the order in which a walk meets
/// them: disk by disk, block by block. Four bytes a blob; one tree in memory at a time, and none is
/// read twice. Not thread-safe.
final class LiveBlobs {
  private final BlobIndex index;
  private final RepositoryReader reader;
  private int[] met = new int[1 << 10];
  private int count;

  LiveBlobs(BlobIndex index, RepositoryReader reader) {
    this.index = index;
    this.reader = reader;
  }

  /// Adds all that a snapshot needs. `CORRUPT` where a tree cannot be read or a blob is in no
  /// index: who does not know what is needed deletes nothing.
  void walk(TreeId root) {
    Deque<TreeId> todo = new ArrayDeque<>();
    todo.push(root);
    while (!todo.isEmpty()) {
      TreeId id = todo.pop();
      if (meet(BlobType.TREE, new BlobId(id.digest()))) {
        for (Node node : reader.tree(id).nodes()) {
          node.content().ifPresent(this::meetAll);
          node.subtree().ifPresent(todo::push);
        }
      }
    }
  }

  boolean contains(int number) {
    return number < met.length && met[number] != 0;
  }

  /// When a needed blob was met, from 1.
  int order(int number) {
    return met[number];
  }

  /// One more than the largest number that may be needed.
  int limit() {
    return met.length;
  }

  private void meetAll(BlobList content) {
    for (int i = 0; i < content.size(); i++) {
      meet(BlobType.DATA, content.get(i));
    }
  }

  /// Whether it is the first time.
  private boolean meet(BlobType type, BlobId id) {
    int number = index.number(type, id);
    if (number < 0) {
      throw new RepositoryException(
          FailureCode.CORRUPT,
          "%s blob %s is needed by a snapshot and in no index, so nothing is pruned. Run a check; 'restic repair index' finds it again if its pack is there."
              .formatted(type.label(), id),
          Map.of("blob", id.toString()));
    }
    if (number >= met.length) {
      met = Arrays.copyOf(met, Math.max(number + 1, met.length / 2 * 3));
    }
    if (met[number] != 0) {
      return false;
    }
    met[number] = ++count;
    return true;
  }
}
