package io.firn.graph.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.firn.graph.FakeCluster;
import io.firn.graph.GraphBuilder;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectGraph;
import io.firn.graph.ObjectRef;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class TextFormatsTest {
  @ParameterizedTest
  @CsvSource({"TREE, pictures/shop.txt", "DOT, pictures/shop.dot", "MERMAID, pictures/shop.mmd"})
  void shop_inEachTextFormat_isAsWritten(GraphFormat format, String expected) throws IOException {
    assertThat(format.render(shop())).isEqualTo(read(expected));
  }

  @ParameterizedTest
  @EnumSource
  void format_givesTheSameTextEachTime(GraphFormat format) {
    assertThat(format.render(shop())).isEqualTo(format.render(shop())).endsWith("\n");
  }

  @Test
  void named_findsFormatsInAnyCase_andNothingElse() {
    assertThat(GraphFormat.named("Svg")).contains(GraphFormat.SVG);
    assertThat(GraphFormat.named("png")).isEmpty();
  }

  @Test
  void tree_ofALongName_keepsTheColumnsOfTheOthers() {
    String longest = "x".repeat(200);
    ObjectGraph graph =
        new GraphBuilder(
                FakeCluster.ofYamlText(
                    """
                    apiVersion: kubevirt.io/v1
                    kind: VirtualMachine
                    metadata: {name: a, namespace: shop}
                    spec:
                      template:
                        spec:
                          volumes:
                            - {name: one, secret: {secretName: %s}}
                            - {name: two, secret: {secretName: short}}
                    """
                        .formatted(longest)))
            .build(List.of(machine("a")));

    assertThat(GraphFormat.TREE.render(graph).lines().limit(3))
        .containsExactly(
            "VirtualMachine/shop/a",
            "├── Secret/" + longest + "  required  MISSING",
            "└── Secret/short       required  MISSING");
  }

  @Test
  void mermaid_escapesWhatItWouldReadAsItsOwn() {
    ObjectGraph graph =
        new GraphBuilder(FakeCluster.ofYamlText("{apiVersion: v1, kind: Secret}"))
            .build(List.of(machine("a\"]<b>")));

    assertThat(GraphFormat.MERMAID.render(graph))
        .contains("n0[\"VirtualMachine<br/>a#quot;]#lt;b#gt;<br/>MISSING\"]");
  }

  private static ObjectGraph shop() {
    return new GraphBuilder(FakeCluster.ofYaml("pictures/shop.yaml"))
        .build(Stream.of("orders-db", "web", "legacy").map(TextFormatsTest::machine).toList());
  }

  private static ObjectRef machine(String name) {
    return ObjectRef.of(Kinds.VIRTUAL_MACHINE, "shop", name);
  }

  private static String read(String resource) throws IOException {
    try (InputStream in = TextFormatsTest.class.getResourceAsStream("/" + resource)) {
      return new String(Objects.requireNonNull(in, resource + " is absent").readAllBytes(), UTF_8);
    }
  }
}
