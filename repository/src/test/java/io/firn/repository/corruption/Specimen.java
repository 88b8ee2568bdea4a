package io.firn.repository.corruption;

import static java.util.Objects.requireNonNull;

import io.firn.repository.Node;
import io.firn.repository.PackId;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.Snapshot;
import io.firn.repository.TestDisks;
import io.firn.repository.TestRepositories;
import io.firn.repository.TreeId;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.MemoryBackend;
import io.firn.repository.crypto.Envelope;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.key.KeyFiles;
import io.firn.repository.lock.HeldLock;
import io.firn.repository.pack.MalformedPackException;
import io.firn.repository.pack.PackEntry;
import io.firn.repository.pack.PackHeaderReader;
import io.firn.repository.prune.PruneListener;
import io.firn.repository.prune.PruneOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/// A small repository with at least two files of each kind, to be harmed again and again.
final class Specimen {
  private final Map<FileHandle, byte[]> files =
      new TreeMap<>(Comparator.comparing(FileHandle::toString));
  private final Map<String, byte[]> disks = new HashMap<>();
  private final Map<FileHandle, List<PackEntry>> blobs = new HashMap<>();

  Specimen(long seed) {
    Random random = new Random(seed);
    MemoryBackend backend = new MemoryBackend();
    try (Repository repository = TestRepositories.init(backend);
        Password second = new Password("second".toCharArray())) {
      repository.keys().add(second);
      for (String name : List.of("a", "b")) {
        byte[] disk = TestDisks.random(random, 300_000 + random.nextInt(50_000));
        java.util.Arrays.fill(disk, 1000, 200_000, (byte) 7);
        String path = "/" + name + "/disk.img";
        disks.put(path, disk);
        store(repository, name, path, disk);
      }
      storeMarks(repository, backend, random);
      try (HeldLock first = repository.locks().shared();
          HeldLock another = repository.locks().shared()) {
        first.requireFresh();
        another.requireFresh();
        copy(backend);
      }
    }
    readHeaders(backend);
  }

  /// Two mark files: one of a pack that was dead and is needed again, one of that and a dead one.
  private void storeMarks(Repository repository, MemoryBackend backend, Random random) {
    byte[] again = TestDisks.random(random, 100_000);
    storeDead(repository, again);
    Map<FileHandle, byte[]> first = marks(repository, backend);
    storeDead(repository, TestDisks.random(random, 100_000));
    marks(repository, backend);
    first.forEach((handle, content) -> save(backend, handle, content));
    disks.put("/c/disk.img", again);
    store(repository, "c", "/c/disk.img", again);
  }

  private static void storeDead(Repository repository, byte[] disk) {
    try (RepositoryWriter writer = repository.writer()) {
      writer.writeFile(disk);
      writer.flush();
    }
  }

  /// Marks what is dead now. Returns the mark files.
  private static Map<FileHandle, byte[]> marks(Repository repository, MemoryBackend backend) {
    repository.prune(PruneOptions.DEFAULT, PruneListener.SILENT);
    Map<FileHandle, byte[]> marks = new HashMap<>();
    try {
      for (FileEntry file : backend.list(FileType.MARK)) {
        marks.put(file.handle(), backend.load(file.handle()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return marks;
  }

  private static void save(MemoryBackend backend, FileHandle handle, byte[] content) {
    try {
      backend.save(handle, ByteBuffer.wrap(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void store(Repository repository, String name, String path, byte[] disk) {
    try (RepositoryWriter writer = repository.writer()) {
      Node file = Node.file("disk.img", TestRepositories.NOW, writer.writeFile(disk));
      TreeId folder = writer.writeTree(List.of(file));
      TreeId root = writer.writeTree(List.of(Node.folder(name, TestRepositories.NOW, folder)));
      Snapshot shape = TestRepositories.snapshot(root);
      writer.writeSnapshot(
          new Snapshot(
              shape.time(),
              root,
              List.of(path),
              shape.hostname(),
              shape.username(),
              shape.tags(),
              shape.programVersion(),
              Optional.empty(),
              Optional.empty()));
    }
  }

  private void copy(MemoryBackend backend) {
    try {
      for (FileType type : FileType.values()) {
        for (FileEntry file : backend.list(type)) {
          files.put(file.handle(), backend.load(file.handle()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readHeaders(MemoryBackend backend) {
    try (SecretKey key =
        new KeyFiles(backend).open(TestRepositories.password(), master -> true).master()) {
      for (FileHandle pack : files(FileType.PACK)) {
        List<PackEntry> entries =
            new PackHeaderReader(backend, new Envelope(key), bytes -> {})
                .read(PackId.of(pack.name()), content(pack).length);
        blobs.put(pack, entries);
      }
    } catch (IOException | MalformedPackException e) {
      throw new AssertionError(e);
    }
  }

  /// Files of a kind, in order.
  List<FileHandle> files(FileType type) {
    return files.keySet().stream().filter(handle -> handle.type() == type).toList();
  }

  byte[] content(FileHandle handle) {
    return requireNonNull(files.get(handle)).clone();
  }

  /// The blobs of a pack; none of another file.
  List<PackEntry> blobs(FileHandle handle) {
    return blobs.getOrDefault(handle, List.of());
  }

  byte[] disk(String path) {
    return requireNonNull(disks.get(path));
  }

  /// A copy with one file added or changed. The other password of a harmed key still opens.
  void replaced(FileHandle handle, byte[] content, Consumer<Harmed> test) {
    Map<FileHandle, byte[]> copy = new HashMap<>(files);
    copy.put(handle, content);
    test.accept(new Harmed(copy, handle));
  }

  void removed(FileHandle handle, Consumer<Harmed> test) {
    Map<FileHandle, byte[]> copy = new HashMap<>(files);
    copy.remove(handle);
    test.accept(new Harmed(copy, handle));
  }

  /// As it is, unharmed.
  Harmed whole() {
    return new Harmed(files, FileHandle.CONFIG);
  }

  /// A repository in which one file is not what it was.
  record Harmed(Map<FileHandle, byte[]> files, FileHandle handle) {
    /// The files, in a place of their own.
    MemoryBackend backend() {
      MemoryBackend backend = new MemoryBackend();
      files.forEach((name, content) -> save(backend, name, content));
      return backend;
    }

    /// With whichever of the two passwords opens.
    Repository open() {
      MemoryBackend backend = backend();
      try {
        return TestRepositories.open(backend);
      } catch (io.firn.repository.RepositoryException e) {
        if (handle.type() != FileType.KEY) {
          throw e;
        }
        try (Password second = new Password("second".toCharArray())) {
          return Repository.open(backend, second, TestRepositories.OPTIONS);
        }
      }
    }
  }
}
