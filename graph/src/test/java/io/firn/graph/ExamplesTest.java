package io.firn.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each example is a file of objects, whose head says what is special about them and which root to
/// start from, and a file with the graph that must come of it.
final class ExamplesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "every-volume-source",
        "matchers-default-kind",
        "matchers-by-spec-revision",
        "matchers-inferred-and-unknown",
        "state-several-claims",
        "state-in-use",
        "state-legacy-name",
        "state-for-changed-blocks",
        "state-by-preference",
        "state-leftover",
        "state-missing",
        "state-not-yet-made",
        "hotplug",
        "networks",
        "services-and-roles",
        "pool",
        "replica-set",
        "replica-set-state",
        "data-volume-collected",
        "data-volume-absent",
        "data-volume-unfinished",
        "claim-named-directly",
        "claims-and-classes",
        "actions",
        "migration-known-by-status",
        "sidecars",
        "sidecars-broken",
        "instance-standalone",
        "instance-of-a-machine",
        "instance-without-owner"
      })
  void graph_ofExample_isAsWritten(String example) throws IOException {
    String objects = read("graphs/" + example + ".yaml");

    GraphOf graph = GraphOf.roots(FakeCluster.ofYamlText(objects), root(objects));

    assertThat(describe(graph)).isEqualTo(read("graphs/" + example + ".txt"));
  }

  private static ObjectRef root(String objects) {
    String marked = objects.lines().findFirst().orElseThrow();
    List<String> parts = List.of(marked.substring("# root: ".length()).split("/", -1));
    ResourceKind kind =
        Kinds.all().stream().filter(k -> k.kind().equals(parts.get(0))).findFirst().orElseThrow();
    return ObjectRef.of(kind, parts.get(1), parts.get(2));
  }

  private static String describe(GraphOf graph) {
    return Stream.of(
            section("relations", graph.relations()),
            section("claims", graph.claims()),
            section("findings", graph.findings()))
        .collect(Collectors.joining());
  }

  private static String section(String title, List<String> lines) {
    return title
        + "\n"
        + lines.stream().map(line -> "  " + line + "\n").collect(Collectors.joining());
  }

  private static String read(String resource) throws IOException {
    try (InputStream in = ExamplesTest.class.getResourceAsStream("/" + resource)) {
      return new String(Objects.requireNonNull(in, resource + " is absent").readAllBytes(), UTF_8);
    }
  }
}
