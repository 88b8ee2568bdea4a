package io.firn.repository.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.Optional;

/// The calls on a file descriptor that Java lacks: where holes are, making new ones, and writing
/// early. Linux only.
public final class NativeFile implements AutoCloseable {
  public static final int SEEK_DATA = 3;
  public static final int SEEK_HOLE = 4;

  /// The offset lies beyond all data.
  public static final int ENXIO = 6;

  /// The file system is full.
  public static final int ENOSPC = 28;

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final int OPEN_READ = 0;
  private static final int OPEN_READ_WRITE = 2;
  private static final int OPEN_CLOSE_ON_EXEC = 0x80000;
  private static final int KEEP_SIZE = 1;
  private static final int PUNCH_HOLE_KEEP_SIZE = 3;
  private static final int SYNC_RANGE_WRITE = 2;

  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private final int descriptor;

  private NativeFile(int descriptor) {
    this.descriptor = descriptor;
  }

  /// Links what finding holes needs.
  public static void linkReading() {
    if (isLinux()) {
      Calls.link();
      Seek.link();
    }
  }

  /// Links what writing a disk needs.
  public static void linkWriting() {
    if (isLinux()) {
      Calls.link();
      Space.link();
    }
  }

  private static boolean isLinux() {
    return System.getProperty("os.name").equals("Linux");
  }

  /// Empty where the system is another one or will not open the file that way.
  public static Optional<NativeFile> open(Path path, boolean writable) {
    if (!isLinux()) {
      return Optional.empty();
    }
    int flags = (writable ? OPEN_READ_WRITE : OPEN_READ) | OPEN_CLOSE_ON_EXEC;
    try (Arena arena = Arena.ofConfined()) {
      int descriptor = Calls.open(arena.allocateFrom(path.toString()), flags);
      return descriptor < 0 ? Optional.empty() : Optional.of(new NativeFile(descriptor));
    }
  }

  /// The next data or hole at or after `offset`; the negated error number where there is none.
  public long seek(long offset, int whence) {
    try (Arena arena = Arena.ofConfined()) {
      return Seek.seek(arena, descriptor, offset, whence);
    }
  }

  /// Makes a hole, which reads as zeros, also on a block device. False where it cannot be done.
  public boolean punch(long offset, long length) {
    try (Arena arena = Arena.ofConfined()) {
      return Space.allocate(arena, descriptor, PUNCH_HOLE_KEEP_SIZE, offset, length) == 0;
    }
  }

  /// Sets space aside for a range of a file, which reads as zeros until it is written; the file's
  /// size stays. 0, or the error number: [#ENOSPC], or that the file system does not know how.
  public int allocate(long offset, long length) {
    try (Arena arena = Arena.ofConfined()) {
      return Space.allocate(arena, descriptor, KEEP_SIZE, offset, length);
    }
  }

  /// Has the system begin to write what was written to the file so far; waits for nothing. That it
  /// cannot be done is no error: whoever needs it safe syncs.
  public void startWriting() {
    int answer = Space.syncRange(descriptor, 0, 0, SYNC_RANGE_WRITE);
    assert answer <= 0;
  }

  @Override
  public void close() throws IOException {
    if (Calls.close(descriptor) != 0) {
      throw new IOException("closing a file failed");
    }
  }

  private static Linker.Option variadic(int first) {
    return Linker.Option.firstVariadicArg(first);
  }

  private static Linker.Option capture() {
    return Linker.Option.captureCallState("errno");
  }

  @SuppressWarnings("restricted")
  private static MethodHandle function(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor, options);
  }

  /// Functions of the C library that every use needs. These and the others are linked when their
  /// class is first used.
  private static final class Calls {
    private static final MethodHandle OPEN =
        function("open", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT), variadic(2));
    private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(INT, INT));

    /// Does nothing but load this class.
    static void link() {}

    static int open(MemorySegment path, int flags) {
      try {
        return (int) OPEN.invokeExact(path, flags);
      } catch (Throwable e) {
        throw new IllegalStateException("open() could not be called", e);
      }
    }

    static int close(int descriptor) {
      try {
        return (int) CLOSE.invokeExact(descriptor);
      } catch (Throwable e) {
        throw new IllegalStateException("close() could not be called", e);
      }
    }
  }

  /// Of whoever looks for holes.
  private static final class Seek {
    private static final MethodHandle SEEK =
        function("lseek", FunctionDescriptor.of(LONG, INT, LONG, INT), capture());

    /// Does nothing but load this class.
    static void link() {}

    static long seek(Arena arena, int descriptor, long offset, int whence) {
      MemorySegment state = arena.allocate(CALL_STATE);
      try {
        long found = (long) SEEK.invokeExact(state, descriptor, offset, whence);
        return found >= 0 ? found : -(long) (int) ERRNO.get(state, 0L);
      } catch (Throwable e) {
        throw new IllegalStateException("lseek() could not be called", e);
      }
    }
  }

  /// Of whoever writes a disk.
  private static final class Space {
    private static final MethodHandle ALLOCATE =
        function("fallocate", FunctionDescriptor.of(INT, INT, INT, LONG, LONG), capture());
    private static final MethodHandle SYNC_RANGE =
        function("sync_file_range", FunctionDescriptor.of(INT, INT, LONG, LONG, INT));

    /// Does nothing but load this class.
    static void link() {}

    static int allocate(Arena arena, int descriptor, int mode, long offset, long length) {
      MemorySegment state = arena.allocate(CALL_STATE);
      try {
        int answer = (int) ALLOCATE.invokeExact(state, descriptor, mode, offset, length);
        return answer == 0 ? 0 : (int) ERRNO.get(state, 0L);
      } catch (Throwable e) {
        throw new IllegalStateException("fallocate() could not be called", e);
      }
    }

    static int syncRange(int descriptor, long offset, long length, int flags) {
      try {
        return (int) SYNC_RANGE.invokeExact(descriptor, offset, length, flags);
      } catch (Throwable e) {
        throw new IllegalStateException("sync_file_range() could not be called", e);
      }
    }
  }
}
