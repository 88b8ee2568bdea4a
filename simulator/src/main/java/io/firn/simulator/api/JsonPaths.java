package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The part of kubectl's JSONPath that printer columns use: `.a.b`, `['a']`, `[0]`, `[*]`, `\.`,
/// and filters such as `[?(@.type=='Ready')]`.
final class JsonPaths {
  private static final Pattern STEP =
      Pattern.compile(
          "\\.?\\[\\?\\(@\\.([^=!)]+?)\\s*(==|!=)\\s*['\"]?([^'\")]*)['\"]?\\)]"
              + "|\\.?\\['((?:[^'\\\\]|\\\\.)*)']"
              + "|\\.?\\[(\\*|-?\\d+)]"
              + "|\\.((?:[^.\\[\\\\]|\\\\.)+)");

  private final List<Function<JsonNode, Stream<JsonNode>>> steps;

  private JsonPaths(List<Function<JsonNode, Stream<JsonNode>>> steps) {
    this.steps = steps;
  }

  static JsonPaths parse(String path) {
    List<Function<JsonNode, Stream<JsonNode>>> steps = new ArrayList<>();
    String text = path.startsWith(".") || path.startsWith("[") ? path : "." + path;
    Matcher matcher = STEP.matcher(text);
    while (matcher.lookingAt()) {
      steps.add(step(matcher));
      matcher.region(matcher.end(), text.length());
    }
    return new JsonPaths(steps);
  }

  private static Function<JsonNode, Stream<JsonNode>> step(Matcher step) {
    if (step.group(1) != null) {
      return filter(step.group(1), step.group(2).equals("=="), step.group(3));
    }
    if (step.group(4) != null) {
      return field(step.group(4));
    }
    if (step.group(5) != null) {
      return step.group(5).equals("*")
          ? JsonNode::valueStream
          : element(Integer.parseInt(step.group(5)));
    }
    return field(step.group(6).replaceAll("\\\\(.)", "$1"));
  }

  private static Function<JsonNode, Stream<JsonNode>> filter(
      String path, boolean equal, String wanted) {
    JsonPaths inner = parse("." + path);
    return list ->
        list.valueStream()
            .filter(element ->
                inner.find(element).stream().anyMatch(v -> v.asText().equals(wanted)) == equal);
  }

  private static Function<JsonNode, Stream<JsonNode>> field(String name) {
    return node -> node.has(name) ? Stream.of(node.get(name)) : Stream.empty();
  }

  private static Function<JsonNode, Stream<JsonNode>> element(int index) {
    return node -> {
      int at = index < 0 ? node.size() + index : index;
      return node.has(at) ? Stream.of(node.get(at)) : Stream.empty();
    };
  }

  List<JsonNode> find(JsonNode root) {
    Stream<JsonNode> found = Stream.of(root);
    for (var step : steps) {
      found = found.flatMap(step);
    }
    return found.toList();
  }
}
