package io.firn.simulator.storage;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The two things that the JDK does not offer for sparse files: asking where the data is
/// (`SEEK_DATA`, `SEEK_HOLE`) and sharing blocks (`FICLONE`). Linux only; elsewhere every question
/// is answered with "unknown".
///
/// Thread-safe.
final class NativeFiles {
  private static final int READ_ONLY = 0;
  private static final int READ_WRITE = 2;
  private static final int SEEK_DATA = 3;
  private static final int SEEK_HOLE = 4;
  private static final long FICLONE = 0x4004_9409L;
  private static final int NO_MORE_DATA = 6; // ENXIO

  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));
  private static final Optional<Calls> CALLS = link();

  private record Calls(
      MethodHandle open, MethodHandle seek, MethodHandle ioctl, MethodHandle close) {}

  private NativeFiles() {}

  /// The ranges with data; empty where the file system does not tell.
  static Optional<List<DataExtents.Extent>> extents(Path file, long sizeBytes) throws IOException {
    if (CALLS.isEmpty()) {
      return Optional.empty();
    }
    try (Arena arena = Arena.ofConfined()) {
      return extents(CALLS.get(), arena, file, sizeBytes);
    }
  }

  /// Makes `to`, which exists, share the blocks of `from`; false where that is not possible.
  static boolean share(Path from, Path to) {
    if (CALLS.isEmpty()) {
      return false;
    }
    Calls calls = CALLS.get();
    try (Arena arena = Arena.ofConfined()) {
      int source = open(calls, arena, from, READ_ONLY);
      int target = open(calls, arena, to, READ_WRITE);
      try {
        return source >= 0
            && target >= 0
            && (int) calls.ioctl().invokeExact(target, FICLONE, source) == 0;
      } finally {
        close(calls, source);
        close(calls, target);
      }
    } catch (Throwable e) { // method handles declare Throwable; a refusal only costs speed
      if (e instanceof Error error) {
        throw error;
      }
      return false;
    }
  }

  private static Optional<List<DataExtents.Extent>> extents(
      Calls calls, Arena arena, Path file, long sizeBytes) throws IOException {
    List<DataExtents.Extent> found = new ArrayList<>();
    MemorySegment state = arena.allocate(STATE);
    int descriptor = -1;
    try {
      descriptor = open(calls, arena, file, READ_ONLY);
      if (descriptor < 0) {
        return Optional.empty();
      }
      long at = 0;
      while (at < sizeBytes) {
        long data = (long) calls.seek().invokeExact(state, descriptor, at, SEEK_DATA);
        if (data < 0) {
          return (int) ERRNO.get(state, 0L) == NO_MORE_DATA ? Optional.of(found) : Optional.empty();
        }
        long hole = (long) calls.seek().invokeExact(state, descriptor, data, SEEK_HOLE);
        long end = hole < 0 ? sizeBytes : Math.min(hole, sizeBytes);
        if (end > data) {
          found.add(new DataExtents.Extent(data, end - data));
        }
        at = Math.max(end, data + 1);
      }
      return Optional.of(found);
    } catch (Throwable e) { // method handles declare Throwable
      throw rethrow(e, file);
    } finally {
      close(calls, descriptor);
    }
  }

  private static int open(Calls calls, Arena arena, Path file, int mode) throws Throwable {
    return (int) calls.open().invokeExact(arena.allocateFrom(file.toString()), mode);
  }

  private static void close(Calls calls, int descriptor) {
    if (descriptor < 0) {
      return;
    }
    try {
      int _ = (int) calls.close().invokeExact(descriptor);
    } catch (Throwable e) { // method handles declare Throwable; close(2) itself throws nothing
      throw new IllegalStateException("close of a file descriptor failed", e);
    }
  }

  private static IOException rethrow(Throwable e, Path file) {
    if (e instanceof Error error) {
      throw error;
    }
    return new IOException("cannot find the data ranges of " + file, e);
  }

  @SuppressWarnings("restricted") // four system calls with fixed signatures
  private static Optional<Calls> link() {
    Linker linker = Linker.nativeLinker();
    SymbolLookup symbols = linker.defaultLookup();
    AddressLayout text = ValueLayout.ADDRESS;
    ValueLayout.OfInt number = ValueLayout.JAVA_INT;
    ValueLayout.OfLong wide = ValueLayout.JAVA_LONG;
    if (!System.getProperty("os.name", "").equals("Linux") || symbols.find("lseek").isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Calls(
            linker.downcallHandle(
                symbols.findOrThrow("open"),
                FunctionDescriptor.of(number, text, number),
                Linker.Option.firstVariadicArg(2)),
            linker.downcallHandle(
                symbols.findOrThrow("lseek"),
                FunctionDescriptor.of(wide, number, wide, number),
                Linker.Option.captureCallState("errno")),
            linker.downcallHandle(
                symbols.findOrThrow("ioctl"),
                FunctionDescriptor.of(number, number, wide, number),
                Linker.Option.firstVariadicArg(2)),
            linker.downcallHandle(
                symbols.findOrThrow("close"), FunctionDescriptor.of(number, number))));
  }
}
