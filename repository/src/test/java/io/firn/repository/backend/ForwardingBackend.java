package io.firn.repository.backend;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// Passes everything on to another backend. Test backends that do one thing differently say only
/// that.
public class ForwardingBackend implements Backend {
  private final Backend backend;

  protected ForwardingBackend(Backend backend) {
    this.backend = backend;
  }

  @Override
  public void create() throws IOException {
    backend.create();
  }

  @Override
  public boolean exists() throws IOException {
    return backend.exists();
  }

  @Override
  public Optional<String> foreignFile() throws IOException {
    return backend.foreignFile();
  }

  @Override
  public void save(FileHandle handle, ByteBuffer... content) throws IOException {
    backend.save(handle, content);
  }

  @Override
  public byte[] load(FileHandle handle) throws IOException {
    return backend.load(handle);
  }

  @Override
  public void load(FileHandle handle, long offsetBytes, ByteBuffer target) throws IOException {
    backend.load(handle, offsetBytes, target);
  }

  @Override
  public List<FileEntry> list(FileType type) throws IOException {
    return backend.list(type);
  }

  @Override
  public long size(FileHandle handle) throws IOException {
    return backend.size(handle);
  }

  @Override
  public void delete(FileHandle handle) throws IOException {
    backend.delete(handle);
  }

  @Override
  public Optional<ObjectLock> objectLock() {
    return backend.objectLock();
  }

  @Override
  public String location() {
    return backend.location();
  }

  @Override
  public void close() {
    backend.close();
  }
}
