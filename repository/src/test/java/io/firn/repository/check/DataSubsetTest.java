package io.firn.repository.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.Digest;
import io.firn.repository.PackId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// As restic reads `--read-data-subset`.
class DataSubsetTest {
  private static final int PACKS = 400;

  private final Map<PackId, Long> packs = packs();

  private static Map<PackId, Long> packs() {
    Random random = new Random(5);
    Map<PackId, Long> packs = new HashMap<>();
    for (int i = 0; i < PACKS; i++) {
      Digest id =
          new Digest(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
      packs.put(new PackId(id), 1000L);
    }
    return packs;
  }

  @Test
  void groups_togetherReadEachPackOnce_byItsFirstByte() {
    Set<PackId> seen = new HashSet<>();
    for (int number = 1; number <= 7; number++) {
      Set<PackId> group = DataSubset.parse(number + "/7").select(packs, 0);
      for (PackId pack : group) {
        int first = Integer.parseInt(pack.toString().substring(0, 2), 16);
        assertThat(first % 7).isEqualTo(number - 1);
      }
      assertThat(seen).doesNotContainAnyElementsOf(group);
      seen.addAll(group);
    }
    assertThat(seen).isEqualTo(packs.keySet());
  }

  @Test
  void share_isDrawnBySeed_andNeverEmpty() {
    DataSubset quarter = DataSubset.parse("25%");
    assertThat(quarter.select(packs, 1)).hasSize(100).isEqualTo(quarter.select(packs, 1));
    assertThat(quarter.select(packs, 2)).hasSize(100).isNotEqualTo(quarter.select(packs, 1));
    assertThat(DataSubset.parse("0.001%").select(packs, 1)).hasSize(1);
    assertThat(DataSubset.parse("100%").select(packs, 1)).isEqualTo(packs.keySet());
  }

  @Test
  void size_isAShareOfAllBytes() {
    assertThat(DataSubset.parse("40K")).isEqualTo(new DataSubset.Size(40 << 10));
    assertThat(DataSubset.parse("3g")).isEqualTo(new DataSubset.Size(3L << 30));
    assertThat(DataSubset.parse("100000").select(packs, 1)).hasSize(100);
    assertThat(DataSubset.parse("5T").select(packs, 1)).isEqualTo(packs.keySet());
    assertThat(DataSubset.parse("5T").select(Map.of(), 1)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0/3", "4/3", "1/257", "0%", "101%", "-1%", "x", "1/", "5X", "0", "1/2/3"})
  void nonsense_isRefused(String text) {
    assertThatThrownBy(() -> DataSubset.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
