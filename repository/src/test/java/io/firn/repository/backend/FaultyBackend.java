package io.firn.repository.backend;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/// A backend that goes wrong on purpose, reproducibly. Faults are rules that look at each operation
/// before it is passed on. Thread-safe.
public final class FaultyBackend extends ForwardingBackend {
  /// What can go wrong.
  public enum Operation {
    SAVE,
    LOAD,
    LIST,
    SIZE,
    DELETE
  }

  /// Sees the `number`-th operation of its kind, from 0; throws or returns.
  @FunctionalInterface
  public interface Fault {
    void before(Operation operation, FileHandle handle, int number) throws IOException;
  }

  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  private final Map<Operation, Integer> counts = new EnumMap<>(Operation.class);
  private final List<FileHandle> saved = new ArrayList<>();
  private boolean partial;
  private int flips;
  private Random random = new Random(0);

  public FaultyBackend(Backend backend) {
    super(backend);
  }

  public void add(Fault fault) {
    faults.add(fault);
  }

  /// The nth operation of that kind fails, once.
  public void failNth(Operation operation, int nth, IOException failure) {
    add((seen, handle, number) -> {
      if (seen == operation && number == nth) {
        throw failure;
      }
    });
  }

  /// Everything fails from the nth save on, as if a cable were cut.
  public void cutAtSave(int nth) {
    boolean[] cut = {false};
    add((operation, handle, number) -> {
      cut[0] |= operation == Operation.SAVE && number >= nth;
      if (cut[0]) {
        throw new IOException("the cable is cut");
      }
    });
  }

  /// A save that fails keeps the file's first half under its real name: worse than a backend may
  /// be.
  public void keepHalvesOfFailedSaves() {
    partial = true;
  }

  /// The next `count` loads come back with one bit flipped, where the seed says.
  public synchronized void flipBits(int count, long seed) {
    flips = count;
    random = new Random(seed);
  }

  /// Files saved so far, in order.
  public synchronized List<FileHandle> saved() {
    return List.copyOf(saved);
  }

  @Override
  public void save(FileHandle handle, ByteBuffer... content) throws IOException {
    try {
      before(Operation.SAVE, handle);
    } catch (IOException e) {
      if (partial) {
        byte[] whole = FileContent.bytes(content);
        super.save(handle, ByteBuffer.wrap(whole, 0, whole.length / 2));
      }
      throw e;
    }
    super.save(handle, content);
    synchronized (this) {
      saved.add(handle);
    }
  }

  @Override
  public byte[] load(FileHandle handle) throws IOException {
    before(Operation.LOAD, handle);
    byte[] bytes = super.load(handle);
    flip(bytes);
    return bytes;
  }

  @Override
  public void load(FileHandle handle, long offsetBytes, ByteBuffer target) throws IOException {
    before(Operation.LOAD, handle);
    byte[] bytes = new byte[target.remaining()];
    super.load(handle, offsetBytes, ByteBuffer.wrap(bytes));
    flip(bytes);
    target.put(bytes);
  }

  @Override
  public List<FileEntry> list(FileType type) throws IOException {
    before(Operation.LIST, new FileHandle(type, "list"));
    return super.list(type);
  }

  @Override
  public long size(FileHandle handle) throws IOException {
    before(Operation.SIZE, handle);
    return super.size(handle);
  }

  @Override
  public void delete(FileHandle handle) throws IOException {
    before(Operation.DELETE, handle);
    super.delete(handle);
  }

  private void before(Operation operation, FileHandle handle) throws IOException {
    int number;
    synchronized (this) {
      number = counts.merge(operation, 1, Integer::sum) - 1;
    }
    for (Fault fault : faults) {
      fault.before(operation, handle, number);
    }
  }

  private synchronized void flip(byte[] bytes) {
    if (flips > 0 && bytes.length > 0) {
      flips--;
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
  }
}
