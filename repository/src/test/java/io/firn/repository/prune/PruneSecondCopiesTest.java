package io.firn.repository.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.BlobId;
import io.firn.repository.PackId;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryReader;
import io.firn.repository.SnapshotId;
import io.firn.repository.StoredDisk;
import io.firn.repository.TreeId;
import io.firn.repository.backend.FaultyBackend;
import io.firn.repository.backend.FaultyBackend.Operation;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.MemoryBackend;
import io.firn.repository.backend.PermanentBackendException;
import io.firn.repository.backend.PermanentBackendException.Reason;
import io.firn.repository.check.CheckDepth;
import io.firn.repository.check.CheckListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Prunes where a blob is stored twice and one copy is damaged.
class PruneSecondCopiesTest {
  private static final PruneOptions TWO_PHASES = PruneOptions.DEFAULT.withRepackBelowPercent(100);

  /// Each blob lies in two packs. The copy that counts comes to harm: a repack takes the other one.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void repack_ofADamagedPack_takesSecondCopies(boolean atOnce) throws IOException {
    PruneGround twice = halfDeadAndStoredTwice();
    for (PackId pack : toRepack(twice)) {
      flip(twice, pack, 40, 100);
    }
    prune(twice, atOnce);
    twice.requireWhole("after the repack");
  }

  /// One blob is lost for good, so its pack cannot be replaced. What else is damaged in it is whole
  /// in another pack, which must not go as a second copy, however often a prune runs.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void secondCopies_ofAPackThatStaysDamaged_stay(boolean atOnce) throws IOException {
    PruneGround twice = halfDeadAndStoredTwice();
    PackId pack = toRepack(twice).getFirst();
    Map<BlobId, List<PackId>> lostWith = new HashMap<>();
    for (String name : twice.files(FileType.PACK)) {
      PruneGround copy = twice.copy();
      flip(copy, PackId.of(name), 40, Integer.MAX_VALUE);
      copy.open().check(CheckDepth.DATA, CheckListener.SILENT).damages().stream()
          .flatMap(damage -> damage.blobs().stream())
          .forEach(
              blob -> lostWith.computeIfAbsent(blob, b -> new ArrayList<>()).add(PackId.of(name)));
    }
    List<PackId> first =
        lostWith.values().stream().filter(packs -> packs.contains(pack)).findFirst().orElseThrow();
    assertThat(first).as("the first blob of the pack, in both its packs").hasSize(2);
    for (PackId holder : first) {
      flip(twice, holder, 40, Integer.MAX_VALUE);
    }
    flip(twice, pack, 40 + PruneGround.BLOCK, 100);
    long hurt = unreadableBlocks(twice);
    for (int i = 0; i < 3; i++) {
      prune(twice, atOnce);
      assertThat(unreadableBlocks(twice)).isEqualTo(hurt).isLessThanOrEqualTo(1);
    }
  }

  /// The repack ends before it has come to the damaged pack.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void secondCopies_whereTheRepackFailed_stay(boolean atOnce) throws IOException {
    PruneGround twice = halfDeadAndStoredTwice();
    for (PackId pack : toRepack(twice)) {
      flip(twice, pack, 40, 100);
    }
    FaultyBackend full = new FaultyBackend(twice.backend);
    full.add((operation, handle, number) -> {
      if (operation == Operation.SAVE && handle.type() == FileType.PACK) {
        throw new PermanentBackendException(Reason.NO_SPACE, "full", new IOException());
      }
    });
    PruneOptions options = atOnce ? PruneGround.AT_ONCE : TWO_PHASES;
    assertThatThrownBy(() -> twice.open(full).prune(options, PruneListener.SILENT))
        .hasMessageContaining("ran out of space");
    twice.pass(Duration.ofHours(24));
    prune(twice, atOnce);
    twice.requireWhole("after there was room");
  }

  private PruneGround halfDeadAndStoredTwice() {
    PruneGround twice = new PruneGround(new MemoryBackend());
    byte[] disk = PruneGround.disk(11, 60);
    twice.storeByTwoAtOnce(disk);
    List<SnapshotId> old = List.copyOf(twice.points.keySet());
    twice.store(PruneGround.changed(disk, 12, 30));
    old.forEach(twice::forget);
    return twice;
  }

  private static List<PackId> toRepack(PruneGround ground) {
    List<PackId> packs =
        ground.open().prunePlan(PruneGround.AT_ONCE, PruneListener.SILENT).packs().stream()
            .filter(pack -> pack.fate() == PackFate.REPACK)
            .map(PlannedPack::id)
            .toList();
    assertThat(packs).isNotEmpty();
    return packs;
  }

  private static void prune(PruneGround ground, boolean atOnce) {
    if (atOnce) {
      ground.prune(PruneGround.AT_ONCE);
    } else {
      ground.prune(TWO_PHASES);
      ground.pass(Duration.ofHours(24));
      ground.prune(TWO_PHASES);
    }
  }

  private static void flip(PruneGround ground, PackId pack, int from, int every)
      throws IOException {
    FileHandle handle = new FileHandle(FileType.PACK, pack.toString());
    byte[] bytes = ground.backend.load(handle);
    // Blobs only, not the header at the end.
    for (long at = from; at < bytes.length - 2048; at += every) {
      bytes[(int) at] ^= 1;
    }
    ground.backend.delete(handle);
    ground.backend.save(handle, ByteBuffer.wrap(bytes));
  }

  private static long unreadableBlocks(PruneGround ground) {
    RepositoryReader reader = ground.open().reader();
    TreeId root = ground.open().snapshots().getFirst().snapshot().tree();
    StoredDisk disk = reader.disk(reader.find(root, "/shop/disk.img").orElseThrow());
    long unreadable = 0;
    for (long at = 0; at < disk.sizeBytes(); at += PruneGround.BLOCK) {
      try {
        disk.read(at, ByteBuffer.allocate(PruneGround.BLOCK));
      } catch (RepositoryException e) {
        unreadable++;
      }
    }
    return unreadable;
  }
}
