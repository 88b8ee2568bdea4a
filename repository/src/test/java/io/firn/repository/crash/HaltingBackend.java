package io.firn.repository.crash;

import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileContent;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.ForwardingBackend;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/// Ends the process, without any clean-up, at a change of a given number, which is a save or a
/// deletion: before it, in the middle of it (a save leaves a half-written temporary file), or right
/// after it. The seed says which.
final class HaltingBackend extends ForwardingBackend {
  private final Path root;
  private final int fatalChange;
  private final int moment;
  private final AtomicInteger changes = new AtomicInteger();

  HaltingBackend(Backend backend, Path root, int fatalChange, long seed) {
    super(backend);
    this.root = root;
    this.fatalChange = fatalChange;
    this.moment = new Random(seed).nextInt(3);
  }

  @Override
  public void save(FileHandle handle, ByteBuffer... content) throws IOException {
    boolean fatal = fatal();
    if (fatal && moment == 0) {
      halt();
    }
    if (fatal && moment == 1) {
      byte[] whole = FileContent.bytes(content);
      Path folder = root.resolve(handle.type() == FileType.CONFIG ? "" : handle.type().folder());
      Files.createDirectories(folder);
      Files.write(folder.resolve(handle.name() + "-tmp-1"), Arrays.copyOf(whole, whole.length / 2));
      halt();
    }
    super.save(handle, content);
    if (fatal) {
      halt();
    }
  }

  private boolean fatal() {
    return changes.getAndIncrement() == fatalChange;
  }

  private static void halt() {
    Runtime.getRuntime().halt(137);
  }

  @Override
  public void delete(FileHandle handle) throws IOException {
    boolean fatal = fatal();
    if (fatal && moment == 0) {
      halt();
    }
    super.delete(handle);
    if (fatal) {
      halt();
    }
  }
}
