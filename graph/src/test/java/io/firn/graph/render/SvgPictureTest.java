package io.firn.graph.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.firn.graph.FakeCluster;
import io.firn.graph.GraphBuilder;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectGraph;
import io.firn.graph.ObjectRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SvgPictureTest {
  private static final FakeCluster SHOP = FakeCluster.ofYaml("pictures/shop.yaml");

  /// The picture of the documentation is this one. Where it has changed on purpose, the new one
  /// lies in `target/graph.svg`.
  @Test
  void shop_isThePictureOfTheDocumentation() throws IOException {
    String picture = GraphFormat.SVG.render(graph(SHOP, "orders-db", "web", "legacy"));

    Files.writeString(Path.of("target", "graph.svg"), picture);
    assertThat(picture).isEqualTo(Files.readString(Path.of("..", "docs", "graph.svg")));
  }

  @Test
  void boxes_ofOneColumn_standApart() {
    List<Drawing.Box> boxes =
        Drawing.of(GraphFormat.SVG.render(graph(SHOP, "orders-db", "web", "legacy"))).boxes();

    assertThat(boxes).hasSize(32);
    for (Drawing.Box one : boxes) {
      assertThat(boxes).filteredOn(one::overlaps).containsExactly(one);
    }
  }

  @Test
  void text_staysInsideItsBox_howeverLongNamesAre() {
    String longest = "m".repeat(253);
    FakeCluster cluster = FakeCluster.ofYamlText(machine(longest, "w".repeat(253)));

    Drawing drawing = Drawing.of(GraphFormat.SVG.render(graph(cluster, longest)));

    assertThat(drawing.boxes()).hasSize(2);
    for (Drawing.Box box : drawing.boxes()) {
      assertThat(box.texts()).isNotEmpty();
      for (Drawing.Text text : box.texts()) {
        Lettering face = text.style().equals("name") ? Lettering.BOLD : Lettering.PLAIN;
        double size = text.style().equals("name") ? Box.NAME_SIZE : Box.KIND_SIZE;
        assertThat(text.x() + face.width(text.content(), size)).isLessThan(box.x() + box.width());
        assertThat(text.y()).isBetween(box.y(), box.y() + box.height());
      }
    }
    assertThat(drawing.titles()).anyMatch(title -> title.contains(longest));
  }

  @Test
  void missingObject_isDashedAndSaysSo() {
    Drawing drawing = Drawing.of(GraphFormat.SVG.render(graph(SHOP, "legacy")));

    assertThat(drawing.boxes())
        .filteredOn(box -> box.style().contains("missing"))
        .singleElement()
        .satisfies(box ->
            assertThat(box.texts().stream().map(Drawing.Text::content))
                .containsExactly("Secret", "legacy-cloudinit", "missing"));
    assertThat(drawing.titles())
        .anyMatch(title -> title.contains("Secret shop/legacy-cloudinit is missing"));
  }

  @Test
  void hostileText_isEscaped() {
    FakeCluster cluster = FakeCluster.ofYamlText(machine("a", "x<script>&\\\"'"));

    String picture = GraphFormat.SVG.render(graph(cluster, "a"));

    assertThat(picture).doesNotContain("<script");
    assertThat(Drawing.of(picture).titles()).anyMatch(title -> title.contains("x<script>&\"'"));
  }

  @Test
  void heading_ofManyRoots_namesAFew() {
    String[] machines = IntStream.range(0, 50).mapToObj(i -> "vm-" + i).toArray(String[]::new);

    Drawing drawing = Drawing.of(GraphFormat.SVG.render(graph(SHOP, machines)));

    assertThat(drawing.titles().getFirst()).endsWith("VirtualMachine shop/vm-5 and 44 more");
    assertThat(drawing.boxes()).hasSize(50);
  }

  @Test
  void arrow_tellsEveryPath() {
    assertThat(Drawing.of(GraphFormat.SVG.render(graph(SHOP, "web"))).titles())
        .contains(
            "VirtualMachine shop/web → PersistentVolumeClaim shop/web-root (required)\n"
                + "spec.template.spec.volumes[root].persistentVolumeClaim.claimName");
  }

  @Test
  void circle_isDrawnAsOneLineWithTwoHeads() {
    FakeCluster cluster =
        FakeCluster.ofYamlText(
            machine("a", "root")
                + """
                ---
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata:
                  name: root
                  namespace: shop
                  ownerReferences: [{kind: VirtualMachine, name: a, uid: vm-a}]
                status: {phase: Bound}
                """);

    String picture = GraphFormat.SVG.render(graph(cluster, "a"));

    assertThat(picture).containsOnlyOnce("marker-start");
    assertThat(Drawing.of(picture).titles())
        .anyMatch(title -> title.contains("(required)") && title.contains("(derived)"));
  }

  @Test
  void machineWithoutAnything_isABox() {
    FakeCluster cluster = FakeCluster.ofYamlText("{apiVersion: v1, kind: Secret}");

    Drawing drawing = Drawing.of(GraphFormat.SVG.render(graph(cluster, "nope")));

    assertThat(drawing.boxes()).hasSize(1);
    assertThat(drawing.boxes().getFirst().y()).isCloseTo(80, within(1.0));
  }

  private static String machine(String name, String claim) {
    return """
    apiVersion: kubevirt.io/v1
    kind: VirtualMachine
    metadata: {name: "%s", namespace: shop, uid: vm-a}
    spec:
      template:
        spec:
          volumes: [{name: root, persistentVolumeClaim: {claimName: "%s"}}]
    """
        .formatted(name, claim);
  }

  private static ObjectGraph graph(FakeCluster cluster, String... machines) {
    return new GraphBuilder(cluster)
        .build(
            Arrays.stream(machines)
                .map(name -> ObjectRef.of(Kinds.VIRTUAL_MACHINE, "shop", name))
                .toList());
  }
}
