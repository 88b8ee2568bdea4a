package io.firn.repository.index;

import io.firn.repository.BlobId;
import io.firn.repository.Digest;
import io.firn.repository.PackId;
import io.firn.repository.pack.BlobType;
import io.firn.repository.pack.PackEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All blobs of a repository in memory: 32 bytes each in rows of primitive arrays, and an open
/// addressing table of row numbers that is always more than half full: 40 bytes a blob at most.
///
/// A row keeps 16 bytes of the ID. Two blobs that agree in those by accident are not to be expected
/// within 10^9 repositories of 10^9 blobs, and a blob is checked against its whole ID when it is
/// loaded.
///
/// Strictly redundant: the headers of the packs say the same. Thread-safe.
public final class BlobIndex {
  private static final int ROWS_PER_SEGMENT = 1 << 12;
  private static final int PENDING = (1 << 30) - 1;
  private static final int TREE_FLAG = 1 << 30;

  private final List<Segment> segments = new ArrayList<>();
  private final List<PackId> packs = new ArrayList<>();
  private final Map<PackId, Integer> packNumbers = new HashMap<>();
  private int[] table = new int[1 << 10];
  private int size;

  /// Adds a pack's blobs; what is there already is replaced.
  public synchronized void add(IndexedPack pack) {
    int number = packNumbers.computeIfAbsent(pack.id(), this::numberPack);
    for (PackEntry entry : pack.entries()) {
      int row = rowOf(entry.type(), entry.id());
      segment(row).place(row % ROWS_PER_SEGMENT, number, entry);
    }
  }

  /// Says that a blob is about to be stored. False where it is stored, or about to be, already.
  public synchronized boolean claim(BlobType type, BlobId id) {
    int before = size;
    rowOf(type, id);
    return size > before;
  }

  /// Where a blob lies; empty where it is unknown or only claimed.
  public synchronized Optional<BlobLocation> find(BlobType type, BlobId id) {
    int row = table[slotOf(type, id)] - 1;
    return row < 0 ? Optional.empty() : location(row);
  }

  /// A blob's number, which never changes: from 0 up to [#size]; -1 where it is unknown.
  public synchronized int number(BlobType type, BlobId id) {
    return table[slotOf(type, id)] - 1;
  }

  /// Blobs known, claimed ones included.
  public synchronized int size() {
    return size;
  }

  /// The packs known.
  public synchronized List<PackId> packs() {
    return List.copyOf(packs);
  }

  /// Bytes held by arrays, for the memory budget's test.
  synchronized long arrayBytes() {
    return 4L * table.length + 32L * ROWS_PER_SEGMENT * segments.size();
  }

  private int numberPack(PackId id) {
    packs.add(id);
    if (packs.size() >= PENDING) {
      throw new IllegalStateException("too many packs");
    }
    return packs.size() - 1;
  }

  private Optional<BlobLocation> location(int row) {
    Segment segment = segment(row);
    int at = row % ROWS_PER_SEGMENT;
    int number = segment.pack[at] & PENDING;
    if (number == PENDING) {
      return Optional.empty();
    }
    return Optional.of(
        new BlobLocation(
            packs.get(number),
            Integer.toUnsignedLong(segment.offset[at]),
            Integer.toUnsignedLong(segment.length[at]),
            Integer.toUnsignedLong(segment.plain[at])));
  }

  /// The blob's row, made if need be.
  private int rowOf(BlobType type, BlobId id) {
    int slot = slotOf(type, id);
    if (table[slot] != 0) {
      return table[slot] - 1;
    }
    int row = size++;
    if (row == segments.size() * ROWS_PER_SEGMENT) {
      segments.add(new Segment());
    }
    segment(row).claim(row % ROWS_PER_SEGMENT, type, id.digest());
    table[slot] = row + 1;
    if (size > table.length / 5 * 4) {
      grow();
    }
    return row;
  }

  private int slotOf(BlobType type, BlobId id) {
    int slot = home(id.digest().a(), table.length);
    while (table[slot] != 0 && !matches(table[slot] - 1, type, id.digest())) {
      slot = slot + 1 == table.length ? 0 : slot + 1;
    }
    return slot;
  }

  private boolean matches(int row, BlobType type, Digest id) {
    return segment(row).matches(row % ROWS_PER_SEGMENT, type, id);
  }

  private void grow() {
    int[] larger = new int[table.length / 2 * 3];
    for (int entry : table) {
      if (entry != 0) {
        int row = entry - 1;
        int slot = home(segment(row).first[row % ROWS_PER_SEGMENT], larger.length);
        while (larger[slot] != 0) {
          slot = slot + 1 == larger.length ? 0 : slot + 1;
        }
        larger[slot] = entry;
      }
    }
    table = larger;
  }

  /// IDs are random bits already: the upper half of the first word, scaled to the table.
  private static int home(long first, int slots) {
    return (int) (((first >>> 32) * slots) >>> 32);
  }

  private Segment segment(int row) {
    return segments.get(row / ROWS_PER_SEGMENT);
  }

  /// Columns of a run of rows.
  private static final class Segment {
    private final long[] first = new long[ROWS_PER_SEGMENT];
    private final long[] second = new long[ROWS_PER_SEGMENT];
    private final int[] pack = new int[ROWS_PER_SEGMENT];
    private final int[] offset = new int[ROWS_PER_SEGMENT];
    private final int[] length = new int[ROWS_PER_SEGMENT];
    private final int[] plain = new int[ROWS_PER_SEGMENT];

    void claim(int at, BlobType type, Digest id) {
      first[at] = id.a();
      second[at] = id.b();
      pack[at] = PENDING | flag(type);
    }

    void place(int at, int number, PackEntry entry) {
      pack[at] = number | flag(entry.type());
      offset[at] = (int) entry.offsetBytes();
      length[at] = (int) entry.lengthBytes();
      plain[at] = (int) entry.plainBytes();
    }

    boolean matches(int at, BlobType type, Digest id) {
      return first[at] == id.a() && second[at] == id.b() && (pack[at] & TREE_FLAG) == flag(type);
    }

    private static int flag(BlobType type) {
      return type == BlobType.TREE ? TREE_FLAG : 0;
    }
  }
}
