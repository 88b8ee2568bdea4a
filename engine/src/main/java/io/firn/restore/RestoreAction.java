package io.firn.restore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.ObjectRef;
import java.util.List;
import java.util.Optional;

/// One thing that a restore will do, or will not do, with one object. `source` is the object as
/// captured, `target` as it will be named.
public sealed interface RestoreAction {
  ObjectRef source();

  ObjectRef target();

  String reason();

  /// The object is created as given.
  record Create(
      ObjectRef source, ObjectRef target, ObjectNode object, List<Rewrite> rewrites, String reason)
      implements RestoreAction {
    public Create {
      rewrites = List.copyOf(rewrites);
    }
  }

  /// The object is there from an earlier run of this restore, which goes on from it.
  record Adopt(ObjectRef source, ObjectRef target, ObjectNode object, String reason)
      implements RestoreAction {}

  /// The claim is created, or taken over half-filled from an earlier run (`existing`), and its data
  /// written.
  record Populate(
      ObjectRef source,
      ObjectRef target,
      ObjectNode object,
      List<Rewrite> rewrites,
      VolumeContent content,
      boolean existing,
      String reason)
      implements RestoreAction {
    public Populate {
      rewrites = List.copyOf(rewrites);
    }
  }

  /// The object is not restored.
  record Skip(ObjectRef source, ObjectRef target, String reason) implements RestoreAction {}

  /// The object is in the way: nothing is done at all.
  record Conflict(ObjectRef source, ObjectRef target, String reason, String nextStep)
      implements RestoreAction {}

  /// An existing object is deleted to make room; only with [ConflictPolicy#REPLACE]. `uid` is that
  /// of the object that the plan saw: another one of the same name is not touched.
  record Remove(ObjectRef source, ObjectRef target, String uid, String reason)
      implements RestoreAction {}

  /// What is written to a claim: the folder in the vault, whether the claim is a block device, the
  /// size and block size in bytes and the block digest that the written data must have ("" for a
  /// folder without a disk image). `renames` give files of TPM and EFI state the names under which
  /// the restored machine looks for them.
  record VolumeContent(
      String tree,
      boolean block,
      long sizeBytes,
      int blockSizeBytes,
      String digest,
      List<EntryRename> renames) {
    public VolumeContent {
      renames = List.copyOf(renames);
    }
  }

  /// The entry at `path` below the claim's folder is called `newName` there.
  record EntryRename(String path, String newName) {}

  /// The object to be created; empty for actions that create none.
  default Optional<ObjectNode> toCreate() {
    return switch (this) {
      case Create create -> Optional.of(create.object());
      case Populate populate ->
          populate.existing() ? Optional.empty() : Optional.of(populate.object());
      case Adopt _, Skip _, Conflict _, Remove _ -> Optional.empty();
    };
  }

  /// The rewrites; none for actions that create nothing.
  default List<Rewrite> changes() {
    return switch (this) {
      case Create create -> create.rewrites();
      case Populate populate -> populate.rewrites();
      case Adopt _, Skip _, Conflict _, Remove _ -> List.of();
    };
  }
}
