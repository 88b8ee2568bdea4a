package io.firn.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void render_cellsOfAllLengths_alignsColumnsAndEndsLinesClean() {
    Table table =
        new Table(
            List.of("NAME", "STATUS", "AGE"),
            List.of(List.of("orders-db", "Running", "5m"), List.of("käse", "", "2d")));
    assertThat(table.render())
        .isEqualTo(
            """
            NAME        STATUS    AGE
            orders-db   Running   5m
            käse        <none>    2d
            """);
  }

  @Test
  void table_rowOfAnotherLength_isRefused() {
    assertThatThrownBy(() -> new Table(List.of("A", "B"), List.of(List.of("x"))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
