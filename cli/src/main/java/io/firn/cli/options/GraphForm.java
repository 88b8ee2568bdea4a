package io.firn.cli.options;

import io.firn.cli.output.References;
import io.firn.graph.ObjectGraph;
import io.firn.graph.render.GraphFormat;
import java.util.Locale;
import java.util.stream.Collectors;

/// The forms that `firn graph` can print. On the command line in lower case.
public enum GraphForm {
  TREE,
  JSON,
  YAML,
  DOT,
  MERMAID,
  SVG,
  NAME;

  /// The whole text, ending in a line break.
  public String render(ObjectGraph graph) {
    return switch (this) {
      case TREE -> GraphFormat.TREE.render(graph);
      case JSON -> GraphFormat.JSON.render(graph);
      case YAML -> GraphFormat.YAML.render(graph);
      case DOT -> GraphFormat.DOT.render(graph);
      case MERMAID -> GraphFormat.MERMAID.render(graph);
      case SVG -> GraphFormat.SVG.render(graph);
      case NAME ->
          graph.nodes().keySet().stream()
              .map(ref -> References.shortName(ref) + "\n")
              .collect(Collectors.joining());
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
