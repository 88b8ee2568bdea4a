package io.firn.point;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.failure.RepositoryFailures;
import io.firn.graph.ObjectRef;
import io.firn.repository.Node;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.Snapshot;
import io.firn.repository.SnapshotId;
import io.firn.repository.SnapshotSummary;
import io.firn.repository.TreeId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Seals a point: definitions, manifest, graph and volume folders become one snapshot. Until then
/// nothing of it is visible.
///
/// One per point. Errors are [io.firn.failure.FirnException].
public final class PointWriter {
  private final RepositoryWriter writer;
  private final InstantSource clock;

  public PointWriter(RepositoryWriter writer, InstantSource clock) {
    this.writer = writer;
    this.clock = clock;
  }

  /// Writes it all, durably; from its return on the point exists.
  public SnapshotId seal(PointContent content) {
    try {
      Manifest manifest = withDefinitions(content);
      TreeId root = writeTree(content, manifest);
      return writer.writeSnapshot(snapshot(content, manifest, root));
    } catch (RepositoryException e) {
      throw RepositoryFailures.of(e);
    }
  }

  private static Manifest withDefinitions(PointContent content) {
    Manifest m = content.manifest();
    List<ObjectRef> refs = content.definitions().stream().map(ObjectRef::of).toList();
    return new Manifest(
        m.version(),
        m.firnVersion(),
        m.point(),
        m.capturedAt(),
        m.cluster(),
        m.namespace(),
        m.machines(),
        m.volumes(),
        refs,
        m.excluded());
  }

  private TreeId writeTree(PointContent content, Manifest manifest) {
    Instant time = manifest.capturedAt();
    FolderTree root = new FolderTree();
    FolderTree point = root.at(List.of(manifest.namespace()));
    point.add(file("manifest.json", time, ManifestJson.write(manifest)));
    point.add(
        file("graph.json", time, content.graph().toString().getBytes(StandardCharsets.UTF_8)));
    for (ObjectNode definition : content.definitions()) {
      DefinitionPath path = DefinitionPath.of(ObjectRef.of(definition), manifest.namespace());
      byte[] yaml = DefinitionYaml.write(ServerNoise.without(definition));
      point.at(path.folders()).add(file(path.fileName(), time, yaml));
    }
    FolderTree volumes = point.at(List.of("volumes"));
    content.volumes().forEach((claim, tree) -> volumes.add(Node.folder(claim, time, tree)));
    return root.write(writer, time);
  }

  private Node file(String name, Instant modified, byte[] content) {
    return Node.file(name, modified, writer.writeFile(content));
  }

  private Snapshot snapshot(PointContent content, Manifest manifest, TreeId root) {
    long size = 0;
    long added = 0;
    long stored = writer.bytesStored();
    for (Manifest.VolumeFacts volume : manifest.volumes()) {
      size += volume.sizeBytes();
      added += volume.bytesNew();
      stored += volume.bytesStored();
    }
    long files = manifest.volumes().size() + manifest.definitions().size() + 2L;
    return new Snapshot(
        manifest.capturedAt(),
        root,
        List.of("/" + manifest.namespace()),
        manifest.cluster().name(),
        "firn",
        PointTags.of(manifest, content.roots(), content.run(), content.labels()),
        "firn " + manifest.firnVersion(),
        Optional.empty(),
        Optional.of(
            new SnapshotSummary(
                content.startedAt(), clock.instant(), files, size, 0, 0, added, stored)));
  }
}
