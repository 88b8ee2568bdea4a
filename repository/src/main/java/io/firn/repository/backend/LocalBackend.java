package io.firn.repository.backend;

import io.firn.repository.file.AlignedBuffers;
import io.firn.repository.file.DirectWrites;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A repository in a local folder, laid out as restic does it (format notes 1.1): packs in 256
/// folders by the first two digits of their names. A file is written under a temporary name,
/// synced, made read-only, renamed, and its folder synced. Files and folders are for their owner,
/// or for a group too ([LocalModes]). Thread-safe.
public final class LocalBackend implements Backend {
  /// These folders come with the first file, so that a new repository is restic's alone.
  private static final Set<FileType> ON_DEMAND =
      Set.of(FileType.CONFIG, FileType.MARK, FileType.SEEN);

  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

  /// Files from here on are written past the page cache: packs, in practice.
  private static final int LARGE_BYTES = 1 << 20;

  private static final int PIECE_BYTES = 4 << 20;

  private final Path root;
  private final InstantSource clock;
  private final List<Path> examples;
  private final AtomicReference<@Nullable LocalModes> modes = new AtomicReference<>();
  private final AtomicBoolean swept = new AtomicBoolean();
  private final AlignedBuffers buffers = new AlignedBuffers(PIECE_BYTES);

  /// Touches nothing yet.
  public LocalBackend(Path root) {
    this(root, InstantSource.system(), Optional.empty());
  }

  /// With another clock to tell how old a temporary file is.
  public LocalBackend(Path root, InstantSource clock) {
    this(root, clock, Optional.empty());
  }

  /// A repository that is for the same group as `neighbour`, another one, where it is new itself.
  public static LocalBackend beside(Path root, Path neighbour) {
    return new LocalBackend(root, InstantSource.system(), Optional.of(neighbour));
  }

  private LocalBackend(Path root, InstantSource clock, Optional<Path> neighbour) {
    this.root = root.toAbsolutePath().normalize();
    this.clock = clock;
    this.examples =
        Stream.concat(Stream.of(this.root), neighbour.stream().map(Path::toAbsolutePath))
            .map(folder -> folder.resolve(FileHandle.CONFIG.name()))
            .toList();
  }

  @Override
  public void create() throws IOException {
    try {
      boolean made = createFolders(root);
      for (FileType type : FileType.values()) {
        if (!ON_DEMAND.contains(type)) {
          createFolders(root.resolve(type.folder()));
        }
      }
      for (int i = 0; i < 256; i++) {
        createFolders(packFolder(HexFormat.of().toHexDigits((byte) i)));
      }
      FolderSync.sync(root.resolve(FileType.PACK.folder()));
      FolderSync.sync(root);
      if (made) {
        FolderSync.sync(folder(root));
      }
    } catch (IOException e) {
      throw LocalErrors.classify(e, root);
    }
  }

  /// An empty folder counts as nothing.
  @Override
  public boolean exists() throws IOException {
    try {
      return Files.exists(root) && (!Files.isDirectory(root) || !children(root).isEmpty());
    } catch (IOException e) {
      throw LocalErrors.classify(e, root);
    }
  }

  /// Folders that hold nothing are not in anybody's way.
  @Override
  public Optional<String> foreignFile() throws IOException {
    if (!Files.exists(root)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .map(file -> root.relativize(file).toString().replace(File.separatorChar, '/'))
          .filter(path -> !ResticLayout.has(path))
          .findFirst();
    } catch (UncheckedIOException e) {
      throw LocalErrors.classify(Objects.requireNonNull(e.getCause(), "cause is null"), root);
    } catch (IOException e) {
      throw LocalErrors.classify(e, root);
    }
  }

  @Override
  public void save(FileHandle handle, ByteBuffer... content) throws IOException {
    Path target = path(handle);
    Path temporary =
        target.resolveSibling(
            target.getFileName() + "-tmp-" + ThreadLocalRandom.current().nextLong(Long.MAX_VALUE));
    try {
      if (swept.compareAndSet(false, true)) {
        new StaleTemporaries(root, clock).remove();
      }
      if (Files.exists(target)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      try {
        write(temporary, content);
        publish(temporary, target);
      } finally {
        Files.deleteIfExists(temporary);
      }
      FolderSync.sync(folder(target));
    } catch (IOException e) {
      throw LocalErrors.classify(e, root);
    }
  }

  @Override
  public byte[] load(FileHandle handle) throws IOException {
    try {
      return Files.readAllBytes(path(handle));
    } catch (IOException e) {
      throw LocalErrors.classify(e, root);
    }
  }

  @Override
  public void load(FileHandle handle, long offsetBytes, ByteBuffer target) throws IOException {
    try (FileChannel file = FileChannel.open(path(handle), StandardOpenOption.READ)) {
      long at = offsetBytes;
      while (target.hasRemaining()) {
        int read = file.read(target, at);
        if (read < 0) {
          throw new EOFException(handle + " has " + file.size() + " bytes");
        }
        at += read;
      }
    } catch (IOException e) {
      throw LocalErrors.classify(e, root);
    }
  }

  @Override
  public List<FileEntry> list(FileType type) throws IOException {
    List<FileEntry> found = new ArrayList<>();
    try {
      switch (type) {
        case CONFIG -> entry(FileHandle.CONFIG).ifPresent(found::add);
        case PACK -> {
          for (Path folder : children(root.resolve(type.folder()))) {
            if (Files.isDirectory(folder)) {
              addFiles(type, folder, found);
            }
          }
        }
        case KEY, INDEX, SNAPSHOT, LOCK, MARK, SEEN ->
            addFiles(type, root.resolve(type.folder()), found);
      }
    } catch (IOException e) {
      throw LocalErrors.classify(e, root);
    }
    return found;
  }

  @Override
  public long size(FileHandle handle) throws IOException {
    try {
      return Files.size(path(handle));
    } catch (IOException e) {
      throw LocalErrors.classify(e, root);
    }
  }

  @Override
  public void delete(FileHandle handle) throws IOException {
    try {
      Files.deleteIfExists(path(handle));
      if (handle.type() == FileType.INDEX) {
        // The packs that it lists are deleted next: after a crash no index may list what is gone.
        FolderSync.sync(folder(path(handle)));
      }
    } catch (IOException e) {
      throw LocalErrors.classify(e, root);
    }
  }

  @Override
  public String location() {
    return root.toString();
  }

  @Override
  public void close() {}

  /// A file may go between being listed and being looked at: another process refreshed its lock,
  /// say. The one that took its place may not be in the list, so the folder is listed again until
  /// nothing more was found gone.
  private void addFiles(FileType type, Path folder, List<FileEntry> found) throws IOException {
    Set<FileHandle> gone = new HashSet<>();
    List<FileEntry> there = new ArrayList<>();
    boolean again;
    do {
      again = false;
      there.clear();
      for (Path file : children(folder)) {
        String name = String.valueOf(file.getFileName());
        if (NAME.matcher(name).matches()) {
          FileHandle handle = new FileHandle(type, name);
          Optional<FileEntry> entry = entry(handle);
          entry.ifPresent(there::add);
          again |= entry.isEmpty() && gone.add(handle);
        }
      }
    } while (again);
    found.addAll(there);
  }

  private Optional<FileEntry> entry(FileHandle handle) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path(handle), BasicFileAttributes.class);
      return attributes.isRegularFile()
          ? Optional.of(new FileEntry(handle, attributes.size()))
          : Optional.empty();
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  /// An absent folder is an empty one: object stores have no empty folders either.
  static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList();
    } catch (NoSuchFileException absent) {
      return List.of();
    }
  }

  /// For nobody but this user until it is complete.
  private void write(Path file, ByteBuffer... content) throws IOException {
    if (createFolders(folder(file))) {
      // The folder's own name lies in the one above.
      FolderSync.sync(folder(folder(file)));
    }
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            LocalModes.fresh(folder(file)))) {
      long at = 0;
      for (ByteBuffer part : content) {
        at = write(file, channel, at, part.duplicate());
      }
      channel.force(true);
    }
    modes().seal(file);
  }

  /// Returns where the part ends.
  private long write(Path file, FileChannel channel, long offsetBytes, ByteBuffer part)
      throws IOException {
    int begin = part.position();
    if (part.remaining() >= LARGE_BYTES) {
      writeDirectly(file, offsetBytes, part);
    }
    while (part.hasRemaining()) {
      channel.write(part, offsetBytes + part.position() - begin);
    }
    return offsetBytes + part.position() - begin;
  }

  /// As much of it as can be: nobody here will read a pack soon (docs/decisions/0031).
  private void writeDirectly(Path file, long offsetBytes, ByteBuffer part) throws IOException {
    Optional<DirectWrites> direct = DirectWrites.open(file, buffers);
    if (direct.isPresent()) {
      try (DirectWrites writes = direct.get()) {
        writes.write(offsetBytes, part);
      }
    }
  }

  /// Folders that are there already keep their mode. Whether it was not there.
  private boolean createFolders(Path folder) throws IOException {
    Deque<Path> absent = new ArrayDeque<>();
    for (Path at = folder; at != null && !Files.isDirectory(at); at = at.getParent()) {
      absent.push(at);
    }
    for (Path path : absent) {
      try {
        modes().makeFolder(path, folder(path));
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(path)) {
          throw e;
        }
      }
    }
    return !absent.isEmpty();
  }

  /// Found out once: a repository that comes into being goes on as it began.
  private LocalModes modes() throws IOException {
    LocalModes known = modes.get();
    if (known == null) {
      known = LocalModes.of(root, examples);
      modes.set(known);
    }
    return known;
  }

  /// A second name never replaces a file, as a rename would. Where the file system has no links, a
  /// rename after a look does for names that are hashes of the content.
  private static void publish(Path temporary, Path target) throws IOException {
    try {
      Files.createLink(target, temporary);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      if (Files.exists(target)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private Path path(FileHandle handle) {
    return switch (handle.type()) {
      case CONFIG -> root.resolve(handle.name());
      case PACK -> packFolder(handle.name().substring(0, 2)).resolve(handle.name());
      case KEY, INDEX, SNAPSHOT, LOCK, MARK, SEEN ->
          root.resolve(handle.type().folder()).resolve(handle.name());
    };
  }

  private Path packFolder(String firstDigits) {
    return root.resolve(FileType.PACK.folder()).resolve(firstDigits);
  }

  private static Path folder(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IllegalStateException("a file of a repository is always in a folder: " + file);
    }
    return parent;
  }
}
