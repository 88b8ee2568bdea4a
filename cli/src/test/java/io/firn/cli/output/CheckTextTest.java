package io.firn.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.repository.Digest;
import io.firn.repository.PackId;
import io.firn.repository.SnapshotId;
import io.firn.repository.check.CheckDepth;
import io.firn.repository.check.CheckOptions;
import io.firn.repository.check.CheckReport;
import io.firn.repository.check.CheckedSnapshot;
import io.firn.repository.check.Damage;
import io.firn.repository.check.DamagedObject.DamagedPack;
import io.firn.repository.check.DamagedObject.DamagedSnapshot;
import io.firn.repository.check.HurtFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The size of what is said of a very large loss.
class CheckTextTest {
  private static final int POINTS = 200;
  private static final List<String> DISKS = List.of("/shop/a.img", "/shop/b.img");

  @Test
  void lossOfManyPacks_isToldInBounds_andEachHurtDiskOfEachPointIsNamed() {
    CheckReport report = lossOf(10_000);
    String text = CheckText.text("shop", report);
    ObjectNode document = CheckText.document("shop", report);

    assertThat(text.length()).isLessThan(150_000);
    assertThat(document.toString().length()).isLessThan(12_000_000);
    for (int i = 0; i < POINTS; i++) {
      assertThat(text)
          .contains("hurt:  point p" + i + "  1970-01-01T00:00:00Z  /shop/a.img, /shop/b.img\n");
    }
    assertThat(text)
        .contains("whole: point later")
        .contains("damaged: snapshots/" + digest(999))
        .contains("and 395 files more; of 200 points in all, which are named below")
        .contains("and 9900 damaged objects more: -o json names them")
        .contains("firn vault repair index --domain shop --read-data\n");
    assertThat(document.path("damages")).hasSize(10_001);
    assertThat(document.at("/damages/0/hurtFiles").asInt()).isEqualTo(2 * POINTS);
    assertThat(document.at("/damages/0/hurt")).hasSize(5);
    assertThat(document.at("/points/7/hurt")).hasSize(2);
  }

  @Test
  void lossOfFewPacks_namesThemAll() {
    String text = CheckText.text("shop", lossOf(3));
    for (int i = 0; i < 3; i++) {
      assertThat(text).contains("damaged: pack " + digest(i)).contains(" --pack " + digest(i));
    }
    assertThat(text).doesNotContain("objects more");
  }

  /// Every pack is needed by both disks of every point but the last.
  private static CheckReport lossOf(int packs) {
    List<HurtFile> hurt = new ArrayList<>();
    List<CheckedSnapshot> snapshots = new ArrayList<>();
    for (int i = 0; i < POINTS; i++) {
      SnapshotId id = new SnapshotId(digest(i));
      DISKS.forEach(disk -> hurt.add(new HurtFile(id, disk)));
      snapshots.add(new CheckedSnapshot(id, Instant.EPOCH, List.of("point=p" + i), DISKS));
    }
    SnapshotId later = new SnapshotId(digest(POINTS));
    snapshots.add(new CheckedSnapshot(later, Instant.EPOCH, List.of("point=later"), List.of()));
    List<HurtFile> all = List.copyOf(hurt);
    List<Damage> damages = new ArrayList<>();
    for (int i = 0; i < packs; i++) {
      damages.add(new Damage(new DamagedPack(new PackId(digest(i))), "gone", List.of(), all));
    }
    SnapshotId unreadable = new SnapshotId(digest(999));
    damages.add(
        new Damage(
            new DamagedSnapshot(unreadable),
            "it is no snapshot",
            List.of(),
            List.of(new HurtFile(unreadable, "/"))));
    return new CheckReport(
        CheckOptions.of(CheckDepth.STRUCTURE), damages, List.of(), snapshots, packs, 0, 0, 0);
  }

  private static Digest digest(int number) {
    return Digest.of("%064x".formatted(number));
  }
}
