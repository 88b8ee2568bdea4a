package io.firn.verify;

import io.firn.point.Manifest.VolumeFacts;
import io.firn.point.PointReader;
import io.firn.repository.Node;
import io.firn.repository.NodeType;
import io.firn.repository.RepositoryException;
import io.firn.repository.RestoreOutcome;
import io.firn.repository.TreeId;
import io.firn.verify.VerifyReport.VolumeVerdict;
import java.util.Optional;

/// Reads the volumes of one point, as a restore would, and throws the bytes away.
///
/// For one thread.
final class VolumeReads {
  private static final String DISK = "disk.img";
  private static final int FOLDER_BLOCK = 512 * 1024;

  private final PointReader point;
  private final VerifyDepth depth;
  private final VerifyListener listener;
  private final int workers = Math.max(1, Runtime.getRuntime().availableProcessors());
  private long bytesRead;

  VolumeReads(PointReader point, VerifyDepth depth, VerifyListener listener) {
    this.point = point;
    this.depth = depth;
    this.listener = listener;
  }

  long bytesRead() {
    return bytesRead;
  }

  VolumeVerdict verdict(VolumeFacts facts) {
    Optional<TreeId> tree = point.volumeTree(facts.claim());
    if (tree.isEmpty()) {
      return verdict(facts, "", "its folder is not in the point");
    }
    try {
      String digest = folder(facts, tree.get(), true);
      boolean differs = depth == VerifyDepth.DATA && !digest.equals(facts.digest());
      return verdict(facts, digest, differs ? "its data is not what was captured" : "");
    } catch (RepositoryException e) {
      if (e.code() != RepositoryException.FailureCode.CORRUPT) {
        throw e;
      }
      return verdict(facts, "", String.valueOf(e.getMessage()));
    }
  }

  /// Reads all files of a folder; returns the digest of the disk image in it, or "".
  private String folder(VolumeFacts facts, TreeId tree, boolean root) {
    String digest = "";
    for (Node node : point.reader().tree(tree).nodes()) {
      if (node.subtree().isPresent()) {
        folder(facts, node.subtree().get(), false);
      } else if (node.type() == NodeType.FILE) {
        boolean disk = root && node.name().equals(DISK);
        String read = file(facts, node, disk ? facts.blockSizeBytes() : FOLDER_BLOCK);
        digest = disk ? read : digest;
      }
    }
    return digest;
  }

  private String file(VolumeFacts facts, Node node, int blockSizeBytes) {
    if (depth == VerifyDepth.STRUCTURE) {
      // Looks every blob up in the index, and compares the sizes with the file's.
      point.reader().disk(node);
      return "";
    }
    RestoreOutcome outcome =
        point
            .reader()
            .restoreDisk(
                node,
                new DiscardingTarget(),
                blockSizeBytes,
                workers,
                (done, total, _) -> listener.progress(facts.claim(), done, total));
    bytesRead += outcome.sizeBytes();
    return outcome.digest().toString();
  }

  private static VolumeVerdict verdict(VolumeFacts facts, String digest, String reason) {
    return new VolumeVerdict(
        facts.claim(), facts.sizeBytes(), digest, facts.digest(), reason.isEmpty(), reason);
  }
}
