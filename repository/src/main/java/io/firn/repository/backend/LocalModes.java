package io.firn.repository.backend;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/// For whom the files of a local repository are: its owner alone, or a group too, whose members
/// then read, write and remove each other's files. The rule is restic's: what the group may do with
/// `config` it may do with everything (docs/decisions/0055). Immutable.
///
/// A umask takes nothing away from it, and a folder that hands its group down (setgid) goes on to.
record LocalModes(Optional<GroupPrincipal> group) {
  static final LocalModes PRIVATE = new LocalModes(Optional.empty());

  private static final System.Logger LOG = System.getLogger(LocalModes.class.getName());
  private static final int GROUP_READS = 0040;
  private static final int GROUP_WRITES = 0020;
  private static final int OTHERS_WRITE = 0002;
  private static final int HANDS_GROUP_DOWN = 02000;
  private static final int RIGHTS = 0777;
  private static final int SHARED_FOLDER = 0770;

  /// As the first of the files that is there says. Where none is, a repository is being made: it is
  /// shared where the folder that it comes to lie in is.
  static LocalModes of(Path root, List<Path> files) throws IOException {
    if (!posix(existing(root))) {
      return PRIVATE;
    }
    for (Path file : files) {
      Optional<Found> found = find(file);
      if (found.isPresent()) {
        return found.get().may(GROUP_READS) ? found.get().shared() : PRIVATE;
      }
    }
    Path folder = existing(root);
    boolean near = folder.equals(root) || folder.equals(root.getParent());
    return find(folder).filter(f -> f.handsDown() || (near && f.isForItsGroup())).isPresent()
        ? find(folder).orElseThrow().shared()
        : PRIVATE;
  }

  /// With what a file is created: for nobody but this user until its content is complete.
  static FileAttribute<?>[] fresh(Path folder) throws IOException {
    return attributes(folder, "rw-------");
  }

  /// Makes a complete file read-only for those whom it is for.
  void seal(Path file) throws IOException {
    if (posix(file)) {
      give(file);
      Files.setPosixFilePermissions(
          file, PosixFilePermissions.fromString(group.isPresent() ? "r--r-----" : "r--------"));
    }
  }

  /// Makes a folder in one that is there. One that somebody else makes meanwhile is taken as it is.
  void makeFolder(Path folder, Path above) throws IOException {
    Files.createDirectory(folder, attributes(above, group.isPresent() ? "rwxrwx---" : "rwx------"));
    if (group.isPresent()) {
      give(folder);
      int mode = find(folder).map(Found::mode).orElse(0);
      if ((mode & RIGHTS) != SHARED_FOLDER) {
        // A umask was in the way.
        Files.setAttribute(folder, "unix:mode", (mode & ~RIGHTS) | SHARED_FOLDER);
      }
    }
  }

  /// To the group, which only its members can do. Without it the mode is given all the same, as by
  /// restic: a file that its neighbours cannot read would be taken for a damaged one.
  private void give(Path path) throws IOException {
    Optional<Found> now = find(path);
    if (group.isPresent() && now.isPresent() && !now.get().group().equals(group.get())) {
      try {
        Files.getFileAttributeView(path, PosixFileAttributeView.class).setGroup(group.get());
      } catch (FileSystemException notAMember) {
        LOG.log(Level.DEBUG, "the group stays as it is", notAMember);
      }
    }
  }

  private static FileAttribute<?>[] attributes(Path existing, String permissions)
      throws IOException {
    return posix(existing)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean posix(Path existing) throws IOException {
    return Files.getFileStore(existing).supportsFileAttributeView("posix");
  }

  private static Path existing(Path root) {
    Path at = root;
    while (!Files.exists(at) && at.getParent() != null) {
      at = at.getParent();
    }
    return at;
  }

  private static Optional<Found> find(Path path) throws IOException {
    try {
      int mode = (int) Files.getAttribute(path, "unix:mode");
      return Optional.of(
          new Found(mode, Files.readAttributes(path, PosixFileAttributes.class).group()));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  /// Mode and group of something that is there.
  private record Found(int mode, GroupPrincipal group) {
    boolean may(int right) {
      return (mode & right) != 0;
    }

    boolean handsDown() {
      return may(HANDS_GROUP_DOWN) && may(GROUP_WRITES);
    }

    /// A folder that everybody may write to, such as `/tmp`, is meant for no group.
    boolean isForItsGroup() {
      return may(GROUP_WRITES) && !may(OTHERS_WRITE);
    }

    LocalModes shared() {
      return new LocalModes(Optional.of(group));
    }
  }
}
