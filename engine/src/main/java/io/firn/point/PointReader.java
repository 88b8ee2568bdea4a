package io.firn.point;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.failure.RepositoryFailures;
import io.firn.graph.ObjectRef;
import io.firn.repository.Node;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryReader;
import io.firn.repository.TreeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// One point, opened. The caller closes it.
///
/// Thread-safe. Errors are [io.firn.failure.FirnException]; damage is `VAULT_DAMAGED`, a point of a
/// newer Firn `POINT_VERSION`.
public final class PointReader implements AutoCloseable {
  private static final String DISK = "disk.img";

  private final PointSummary summary;
  private final Repository repository;
  private final RepositoryReader reader;
  private final Manifest manifest;

  private PointReader(
      PointSummary summary, Repository repository, RepositoryReader reader, Manifest manifest) {
    this.summary = summary;
    this.repository = repository;
    this.reader = reader;
    this.manifest = manifest;
  }

  public static PointReader open(Vault vault, PointSummary point) {
    Repository repository = vault.openDomain(point.domain());
    try {
      RepositoryReader reader = repository.reader();
      Manifest manifest =
          ManifestJson.read(content(reader, point, point.namespace() + "/manifest.json"));
      return new PointReader(point, repository, reader, manifest);
    } catch (RepositoryException e) {
      repository.close();
      throw RepositoryFailures.of(e);
    } catch (FirnException e) {
      repository.close();
      throw e;
    }
  }

  public PointSummary summary() {
    return summary;
  }

  public Manifest manifest() {
    return manifest;
  }

  /// Every definition as captured (with status, without managed fields), in the manifest's order.
  /// Each call returns fresh trees.
  public List<ObjectNode> definitions() {
    return manifest.definitions().stream().map(this::read).toList();
  }

  /// One definition; empty where the point does not have it.
  public Optional<ObjectNode> definition(ObjectRef ref) {
    return manifest.definitions().contains(ref) ? Optional.of(read(ref)) : Optional.empty();
  }

  /// The graph as captured, in KubeVirt's `objectgraph` schema: `{"roots":[…]}`, one per root.
  public ObjectNode graph() {
    String path = summary.namespace() + "/graph.json";
    return DefinitionYaml.read(guarded(() -> content(reader, summary, path)), path);
  }

  /// The folder of a captured claim, which is what a mover restores; empty where the point does not
  /// have it.
  public Optional<TreeId> volumeTree(String claim) {
    return find("volumes/" + claim).flatMap(Node::subtree);
  }

  /// The disk image of a captured claim; empty where the claim is not in the point or is a folder
  /// without a disk image.
  public Optional<Node> disk(String claim) {
    return find("volumes/" + claim + "/" + DISK);
  }

  /// All that lies in the folder of a claim, `disk.img` included.
  public List<Node> volumeFiles(String claim) {
    return volumeTree(claim)
        .map(tree -> guarded(() -> reader.tree(tree)).nodes())
        .orElse(List.of());
  }

  /// Reads the nodes that the other methods return.
  public RepositoryReader reader() {
    return reader;
  }

  @Override
  public void close() {
    repository.close();
  }

  private ObjectNode read(ObjectRef ref) {
    String path = summary.namespace() + "/" + DefinitionPath.of(ref, summary.namespace()).text();
    return DefinitionYaml.read(guarded(() -> content(reader, summary, path)), path);
  }

  private Optional<Node> find(String path) {
    return guarded(() -> reader.find(summary.tree(), "/" + summary.namespace() + "/" + path));
  }

  private static byte[] content(RepositoryReader reader, PointSummary point, String path) {
    Node file = reader.find(point.tree(), "/" + path).orElseThrow(() -> incomplete(point, path));
    return reader.readFile(file);
  }

  private static <T> T guarded(Supplier<T> read) {
    try {
      return read.get();
    } catch (RepositoryException e) {
      throw RepositoryFailures.of(e);
    }
  }

  private static FirnException incomplete(PointSummary point, String path) {
    return new FirnException(
        new Failure(
            FailureCode.VAULT_DAMAGED,
            "The point " + point.name() + " lacks " + path,
            "Check the vault (firn vault check --read-data), or use another point.",
            Map.of("point", point.name().value(), "path", path),
            false));
  }
}
