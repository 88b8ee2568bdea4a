package io.firn.repository.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.BlobId;
import io.firn.repository.Digest;
import io.firn.repository.SnapshotId;
import io.firn.repository.pack.BlobKey;
import io.firn.repository.pack.BlobType;
import java.util.List;
import org.junit.jupiter.api.Test;

class HurtFilesTest {
  private final HurtFiles hurt = new HurtFiles();

  @Test
  void manyBlobsOfManySnapshots_costASetASnapshot() {
    for (int snapshot = 0; snapshot < 500; snapshot++) {
      for (int blob = 0; blob < 2_000; blob++) {
        hurt.add(blob(blob), file(snapshot, "/shop/a.img"));
        hurt.add(blob(blob), file(snapshot, "/shop/a.img"));
      }
    }
    assertThat(hurt.sets()).isEqualTo(500);
    List<HurtFile> files = hurt.of(List.of(blob(7)));
    assertThat(files).hasSize(500).startsWith(file(0, "/shop/a.img"), file(1, "/shop/a.img"));
    assertThat(hurt.of(List.of(blob(8), blob(9)))).isSameAs(files);
  }

  @Test
  void blobsOfDifferentFiles_nameEachFileOnce_andSnapshotsTheirOwn() {
    hurt.add(blob(1), file(1, "/shop/b.img"));
    hurt.add(blob(2), file(1, "/shop/a.img"));
    hurt.add(blob(1), file(2, "/shop/b.img"));
    hurt.add(blob(2), file(2, "/shop/b.img"));
    assertThat(hurt.of(List.of(blob(1), blob(2), blob(3))))
        .containsExactlyInAnyOrder(
            file(1, "/shop/b.img"), file(2, "/shop/b.img"), file(1, "/shop/a.img"));
    assertThat(hurt.paths(snapshot(1))).containsExactly("/shop/a.img", "/shop/b.img");
    assertThat(hurt.paths(snapshot(2))).containsExactly("/shop/b.img");
    assertThat(hurt.paths(snapshot(3))).isEmpty();
    assertThat(hurt.of(List.of(blob(3)))).isEmpty();
  }

  private static BlobKey blob(int number) {
    return new BlobKey(BlobType.DATA, new BlobId(new Digest(number, 0, 0, 1)));
  }

  private static HurtFile file(int snapshot, String path) {
    return new HurtFile(snapshot(snapshot), path);
  }

  private static SnapshotId snapshot(int number) {
    return new SnapshotId(new Digest(number, 0, 0, 2));
  }
}
