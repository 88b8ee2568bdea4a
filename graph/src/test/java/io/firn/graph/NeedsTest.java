package io.firn.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NeedsTest {
  private static final ObjectRef ROOT = ref("root");
  private static final ObjectRef A = ref("a");
  private static final ObjectRef B = ref("b");

  @Test
  void wayThroughADerivedObject_isDerived() {
    Needs needs =
        needs(new Relation(ROOT, A, Need.DERIVED, ""), new Relation(A, B, Need.REQUIRED, ""));

    assertThat(needs.of(ROOT)).isEqualTo(Need.REQUIRED);
    assertThat(needs.of(B)).isEqualTo(Need.DERIVED);
  }

  @Test
  void strongestWay_counts_evenWhenFoundLast() {
    Needs needs =
        needs(
            new Relation(ROOT, B, Need.NEVER_RESTORE, ""),
            new Relation(ROOT, A, Need.REQUIRED, ""),
            new Relation(A, B, Need.OPTIONAL, ""));

    assertThat(needs.of(B)).isEqualTo(Need.OPTIONAL);
  }

  @Test
  void cycle_ends() {
    Needs needs =
        needs(
            new Relation(ROOT, A, Need.REQUIRED, ""),
            new Relation(A, B, Need.OPTIONAL, ""),
            new Relation(B, A, Need.REQUIRED, ""));

    assertThat(needs.of(A)).isEqualTo(Need.REQUIRED);
    assertThat(needs.of(B)).isEqualTo(Need.OPTIONAL);
  }

  @Test
  void objectThatNoRootLeadsTo_isNeverRestored() {
    assertThat(needs().of(A)).isEqualTo(Need.NEVER_RESTORE);
  }

  private static Needs needs(Relation... relations) {
    return Needs.of(
        new ObjectGraph(
            List.of(ROOT),
            new LinkedHashMap<>(),
            List.of(relations),
            List.of(),
            List.of(),
            List.of()));
  }

  private static ObjectRef ref(String name) {
    return ObjectRef.of(Kinds.SECRET, "shop", name);
  }
}
