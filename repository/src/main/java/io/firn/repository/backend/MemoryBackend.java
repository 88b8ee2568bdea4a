package io.firn.repository.backend;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A repository in memory, for tests and short-lived copies. Thread-safe.
public final class MemoryBackend implements Backend {
  private final Map<FileHandle, byte[]> files = new ConcurrentHashMap<>();

  @Override
  public void create() {}

  @Override
  public boolean exists() {
    return !files.isEmpty();
  }

  @Override
  public Optional<String> foreignFile() {
    return Optional.empty();
  }

  @Override
  public void save(FileHandle handle, ByteBuffer... content) throws IOException {
    if (files.putIfAbsent(handle, FileContent.bytes(content)) != null) {
      throw new FileAlreadyExistsException(handle.toString());
    }
  }

  @Override
  public byte[] load(FileHandle handle) throws IOException {
    return stored(handle).clone();
  }

  @Override
  public void load(FileHandle handle, long offsetBytes, ByteBuffer target) throws IOException {
    byte[] file = stored(handle);
    if (offsetBytes + target.remaining() > file.length) {
      throw new EOFException(handle + " has " + file.length + " bytes");
    }
    target.put(file, (int) offsetBytes, target.remaining());
  }

  @Override
  public List<FileEntry> list(FileType type) {
    return files.entrySet().stream()
        .filter(file -> file.getKey().type() == type)
        .map(file -> new FileEntry(file.getKey(), file.getValue().length))
        .toList();
  }

  @Override
  public long size(FileHandle handle) throws IOException {
    return stored(handle).length;
  }

  @Override
  public void delete(FileHandle handle) {
    files.remove(handle);
  }

  @Override
  public String location() {
    return "memory";
  }

  @Override
  public void close() {}

  private byte[] stored(FileHandle handle) throws IOException {
    byte[] file = files.get(handle);
    if (file == null) {
      throw new NoSuchFileException(handle.toString());
    }
    return file;
  }
}
