package io.firn.point;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.ObjectRef;
import io.firn.repository.Node;
import io.firn.repository.RepositoryReader;
import io.firn.repository.TreeId;
import java.util.List;
import java.util.Optional;

/// One point, opened. The caller closes it.
///
/// Thread-safe. Errors are [io.firn.failure.FirnException]; damage is `VAULT_DAMAGED`, a point of a
/// newer Firn `POINT_VERSION`.
public final class PointReader implements AutoCloseable {
  private PointReader() {}

  public static PointReader open(Vault vault, PointSummary point) {
    throw new UnsupportedOperationException("stub");
  }

  public PointSummary summary() {
    throw new UnsupportedOperationException("stub");
  }

  public Manifest manifest() {
    throw new UnsupportedOperationException("stub");
  }

  /// Every definition as captured (with status, without managed fields), in the manifest's order.
  /// Each call returns fresh trees.
  public List<ObjectNode> definitions() {
    throw new UnsupportedOperationException("stub");
  }

  /// One definition; empty where the point does not have it.
  public Optional<ObjectNode> definition(ObjectRef ref) {
    throw new UnsupportedOperationException("stub");
  }

  /// The graph as captured, in KubeVirt's `objectgraph` schema: `{"roots":[…]}`, one per root.
  public ObjectNode graph() {
    throw new UnsupportedOperationException("stub");
  }

  /// The folder of a captured claim, which is what a mover restores; empty where the point does not
  /// have it.
  public Optional<TreeId> volumeTree(String claim) {
    throw new UnsupportedOperationException("stub");
  }

  /// The disk image of a captured claim; empty where the claim is not in the point or is a folder
  /// without a disk image.
  public Optional<Node> disk(String claim) {
    throw new UnsupportedOperationException("stub");
  }

  /// All that lies in the folder of a claim, `disk.img` included.
  public List<Node> volumeFiles(String claim) {
    throw new UnsupportedOperationException("stub");
  }

  /// Reads the nodes that the other methods return.
  public RepositoryReader reader() {
    throw new UnsupportedOperationException("stub");
  }

  @Override
  public void close() {}
}
