package io.firn.mover;

import io.firn.repository.ChangesOutcome;
import io.firn.repository.Digest;
import io.firn.repository.DiskOptions;
import io.firn.repository.DiskOutcome;
import io.firn.repository.DiskSource;
import io.firn.repository.Node;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.TransferListener;
import io.firn.repository.TreeId;
import io.firn.repository.disk.FileDiskSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Stores one volume as a folder of the repository: `disk.img`, and for a volume with a file system
/// whatever else lies in it, with modes and owners.
///
/// One per volume. Errors are [io.firn.repository.RepositoryException] and [IOException] (the
/// volume cannot be read, or holds what cannot be kept).
final class VolumeExport {
  static final String DISK = "disk.img";

  /// Of every file system that is one, and nobody's data.
  private static final String LOST_AND_FOUND = "lost+found";

  private final RepositoryWriter writer;
  private final DiskOptions options;
  private final DiskOptions diskOptions;
  private final TransferListener listener;
  private long total;
  private long finished;
  private long stored;
  private long bytesRead;
  private long bytesNew;
  private Optional<DiskOutcome> disk = Optional.empty();

  /// `diskOptions` are for the disk image, `options` for the rest of a folder, which is small.
  VolumeExport(
      RepositoryWriter writer,
      DiskOptions options,
      DiskOptions diskOptions,
      TransferListener listener) {
    this.writer = writer;
    this.options = options;
    this.diskOptions = diskOptions;
    this.listener = listener;
  }

  /// Stores the volume durably, so that the folder can be named in a snapshot.
  MoverResult.Exported run(Path source) throws IOException {
    TreeId tree;
    if (Files.isDirectory(source)) {
      total = sizeOf(source);
      tree = folder(source, true);
    } else {
      tree = writer.writeTree(List.of(disk(source, Optional.empty())));
    }
    writer.flush();
    listener.progress(finished, finished, writer.bytesStored());
    return new MoverResult.Exported(
        tree.toString(),
        disk.map(d -> d.file().sizeBytes()).orElse(finished),
        disk.map(DiskOutcome::blockSizeBytes).orElse(0),
        disk.map(DiskOutcome::digest).map(Digest::toString).orElse(""),
        bytesRead,
        bytesNew,
        writer.bytesStored(),
        disk.map(DiskOutcome::changes).map(VolumeExport::told).orElse(""));
  }

  private static String told(ChangesOutcome changes) {
    return switch (changes) {
      case ChangesOutcome.NotGiven _ -> "";
      case ChangesOutcome.Followed(long kept, long checked) ->
          "followed: %d blocks kept, %d of them read again".formatted(kept, checked);
      case ChangesOutcome.Refused(String reason) -> "refused, the whole disk was read: " + reason;
      case ChangesOutcome.Disproved(long offset) ->
          "disproved, the whole disk was read: byte range at %d has changed, and is not in them"
              .formatted(offset);
    };
  }

  private TreeId folder(Path folder, boolean root) throws IOException {
    List<Node> nodes = new ArrayList<>();
    for (Path entry : entries(folder, root)) {
      FileFacts facts = FileFacts.of(entry);
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        nodes.add(facts.on(Node.folder(facts.name(), facts.modified(), folder(entry, false))));
      } else if (!Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException(entry + " is neither a file nor a folder, and cannot be kept");
      } else if (root && facts.name().equals(DISK)) {
        nodes.add(disk(entry, Optional.of(facts)));
      } else {
        nodes.add(
            facts.on(Node.file(facts.name(), facts.modified(), store(entry, options).file())));
      }
    }
    return writer.writeTree(nodes);
  }

  private Node disk(Path path, Optional<FileFacts> facts) throws IOException {
    DiskOutcome outcome = store(path, diskOptions);
    disk = Optional.of(outcome);
    // A device has no time of its own; a fixed one keeps the tree of an unchanged disk the same.
    Instant modified = facts.map(FileFacts::modified).orElse(Instant.EPOCH);
    Node node = Node.file(DISK, modified, outcome.file());
    return facts.map(f -> f.on(node)).orElse(node);
  }

  private DiskOutcome store(Path path, DiskOptions how) throws IOException {
    try (DiskSource source = FileDiskSource.open(path)) {
      long before = finished;
      long storedBefore = stored;
      long all = Math.max(total, before + source.sizeBytes());
      DiskOutcome outcome =
          writer.writeDisk(
              source,
              how,
              (done, _, added) -> listener.progress(before + done, all, storedBefore + added));
      finished += source.sizeBytes();
      stored += outcome.bytesStored();
      bytesRead += outcome.bytesRead();
      bytesNew += outcome.bytesNew();
      return outcome;
    }
  }

  private static List<Path> entries(Path folder, boolean root) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !root || !entry.getFileName().toString().equals(LOST_AND_FOUND))
          .sorted()
          .toList();
    }
  }

  private static long sizeOf(Path folder) throws IOException {
    long size = 0;
    for (Path entry : entries(folder, true)) {
      try (Stream<Path> files = Files.walk(entry)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          size += Files.size(file);
        }
      }
    }
    return size;
  }

  /// What a file system says of an entry besides its content.
  private record FileFacts(String name, Instant modified, int mode, int uid, int gid) {
    private static final int PERMISSIONS = 0777;

    static FileFacts of(Path path) throws IOException {
      Map<String, Object> unix =
          Files.readAttributes(path, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
      return new FileFacts(
          path.getFileName().toString(),
          Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant(),
          (int) number(unix, "mode") & PERMISSIONS,
          (int) number(unix, "uid"),
          (int) number(unix, "gid"));
    }

    private static long number(Map<String, Object> attributes, String name) throws IOException {
      if (attributes.get(name) instanceof Number number) {
        return number.longValue();
      }
      throw new IOException("the file system does not tell the " + name + " of files");
    }

    /// The node with this mode and owner; its type bits stay.
    Node on(Node node) {
      return new Node(
          node.name(),
          node.type(),
          (node.mode() & ~(long) PERMISSIONS) | mode,
          node.modified(),
          uid,
          gid,
          node.sizeBytes(),
          node.content(),
          node.subtree());
    }
  }
}
