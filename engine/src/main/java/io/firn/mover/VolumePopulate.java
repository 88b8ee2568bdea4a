package io.firn.mover;

import io.firn.repository.DiskTarget;
import io.firn.repository.Node;
import io.firn.repository.NodeType;
import io.firn.repository.PackId;
import io.firn.repository.RepositoryReader;
import io.firn.repository.RestoreOutcome;
import io.firn.repository.TransferListener;
import io.firn.repository.TreeId;
import io.firn.repository.disk.BlockSize;
import io.firn.repository.disk.FileDiskTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Writes one volume back: the disk image onto a device or file, or a whole folder. Doing it again
/// ends in the same.
///
/// One per volume. Errors are [io.firn.repository.RepositoryException] and [IOException].
final class VolumePopulate {
  private final RepositoryReader reader;
  private final int blockSizeBytes;
  private final int workers;
  private final TransferListener listener;
  private long total;
  private long finished;
  private long written;
  private Optional<RestoreOutcome> disk = Optional.empty();

  VolumePopulate(
      RepositoryReader reader, int blockSizeBytes, int workers, TransferListener listener) {
    this.reader = reader;
    this.blockSizeBytes = blockSizeBytes;
    this.workers = workers;
    this.listener = listener;
  }

  MoverResult.Populated run(TreeId tree, Path target) throws IOException {
    if (Files.isDirectory(target)) {
      total = sizeOf(tree);
      folder(tree, target, true);
    } else {
      Node image =
          reader
              .tree(tree)
              .find(VolumeExport.DISK)
              .orElseThrow(
                  () -> new IOException("the volume has no disk image; its target is a folder"));
      total = image.sizeBytes();
      disk = Optional.of(write(image, openExisting(target)));
    }
    return new MoverResult.Populated(
        disk.map(RestoreOutcome::sizeBytes).orElse(finished),
        disk.map(outcome -> outcome.digest().toString()).orElse(""),
        written,
        reader.damagedPacks().stream().map(PackId::toString).sorted().toList());
  }

  private void folder(TreeId tree, Path target, boolean root) throws IOException {
    for (Node node : reader.tree(tree).nodes()) {
      Path path = target.resolve(safe(node.name()));
      switch (node.type()) {
        case FOLDER -> {
          Files.createDirectories(path);
          folder(subtree(node), path, false);
        }
        case FILE -> {
          RestoreOutcome outcome = write(node, FileDiskTarget.create(path));
          if (root && node.name().equals(VolumeExport.DISK)) {
            disk = Optional.of(outcome);
          }
        }
        case OTHER -> throw new IOException(node.name() + " is neither a file nor a folder");
      }
      apply(node, path);
    }
  }

  private RestoreOutcome write(Node file, DiskTarget target) throws IOException {
    try (target) {
      long before = finished;
      long all = Math.max(total, before + file.sizeBytes());
      int block = blockSizeBytes > 0 ? blockSizeBytes : BlockSize.forDisk(file.sizeBytes());
      RestoreOutcome outcome =
          reader.restoreDisk(
              file,
              target,
              block,
              workers,
              (done, _, fetched) -> listener.progress(before + done, all, fetched));
      finished += file.sizeBytes();
      written += outcome.bytesWritten();
      listener.progress(finished, all, written);
      return outcome;
    }
  }

  private static DiskTarget openExisting(Path target) throws IOException {
    return Files.exists(target) ? FileDiskTarget.open(target) : FileDiskTarget.create(target);
  }

  private long sizeOf(TreeId tree) throws IOException {
    long size = 0;
    for (Node node : reader.tree(tree).nodes()) {
      size += node.type() == NodeType.FOLDER ? sizeOf(subtree(node)) : node.sizeBytes();
    }
    return size;
  }

  /// Mode, owner and time as captured. Only root may give files away: a mover that is not leaves
  /// them to its own user, which is the guest's (the pod runs as the group that owns disks).
  private static void apply(Node node, Path path) throws IOException {
    if (node.mode() != 0) {
      Files.setPosixFilePermissions(path, permissions(node.mode()));
    }
    Map<String, Object> now = Files.readAttributes(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    boolean root = now.get("uid") instanceof Integer uid && uid == 0;
    if (root) {
      Files.setAttribute(path, "unix:uid", (int) node.uid(), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", (int) node.gid(), LinkOption.NOFOLLOW_LINKS);
    }
    Files.setLastModifiedTime(path, FileTime.from(node.modified()));
  }

  private static Set<PosixFilePermission> permissions(long mode) {
    PosixFilePermission[] all = PosixFilePermission.values();
    Set<PosixFilePermission> granted = EnumSet.noneOf(PosixFilePermission.class);
    for (int i = 0; i < all.length; i++) {
      // Java lists them as `ls` does, owner's read (0400) first.
      if ((mode >> (all.length - 1 - i) & 1) == 1) {
        granted.add(all[i]);
      }
    }
    return granted;
  }

  private static TreeId subtree(Node node) throws IOException {
    return node.subtree().orElseThrow(() -> new IOException(node.name() + " has no content"));
  }

  /// A name that leads out of the folder can only come from a vault that somebody has tampered
  /// with.
  private static String safe(String name) throws IOException {
    if (name.isEmpty() || name.equals(".") || name.equals("..") || name.contains("/")) {
      throw new IOException("'" + name + "' is not the name of a file");
    }
    return name;
  }
}
