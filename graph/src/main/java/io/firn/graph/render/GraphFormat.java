package io.firn.graph.render;

import io.firn.graph.ObjectGraph;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The forms that a graph can be written in. Deterministic; thread-safe.
public enum GraphFormat {
  /// Box-drawing text for a terminal, with the findings below it.
  TREE,
  /// KubeVirt's own `objectgraph` schema: one object for one root, an array for several.
  JSON,
  /// The schema of [#JSON] as YAML: one document for each root.
  YAML,
  /// Graphviz.
  DOT,
  /// A Mermaid flowchart, as wikis and code hosts draw it.
  MERMAID,
  /// A drawn picture that browsers show.
  SVG;

  /// The format of that name in any case.
  public static Optional<GraphFormat> named(String name) {
    return Arrays.stream(values()).filter(f -> f.optionName().equalsIgnoreCase(name)).findFirst();
  }

  /// The name as a user types it: `tree`, `json`, …
  public String optionName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The whole text, ending in a line break.
  public String render(ObjectGraph graph) {
    return switch (this) {
      case TREE -> new TreeText(graph).text();
      case JSON -> new KubevirtGraph(graph).json();
      case YAML -> new KubevirtGraph(graph).yaml();
      case DOT -> DotText.of(graph);
      case MERMAID -> MermaidText.of(graph);
      case SVG -> SvgPicture.of(graph);
    };
  }
}
