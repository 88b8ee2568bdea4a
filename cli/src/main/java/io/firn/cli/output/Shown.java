package io.firn.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// One result in every form that it can be asked for. `text` is for people, `names` are what
/// scripts loop over, one a line.
public record Shown(String text, JsonNode document, List<String> names) {
  public Shown {
    names = List.copyOf(names);
  }

  /// What is printed for a format.
  public String as(OutputFormat format) {
    return switch (format) {
      case TABLE -> text;
      case JSON -> Document.json(document);
      case YAML -> Document.yaml(document);
      case NAME -> names.isEmpty() ? "" : String.join("\n", names) + "\n";
    };
  }
}
