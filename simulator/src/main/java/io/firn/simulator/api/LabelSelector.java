package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A label selector in its query form: `a=b, c!=d, e in (x,y), f notin (z), g, !h`. All
/// requirements must hold; as in Kubernetes, `!=` and `notin` also hold where the label is absent.
final class LabelSelector implements Predicate<JsonNode> {
  private static final String KEY = "[A-Za-z0-9_./-]+";
  private static final Pattern SET =
      Pattern.compile("(" + KEY + ")\\s+(in|notin)\\s*\\(([^)]*)\\)");
  private static final Pattern EQUALITY =
      Pattern.compile("(" + KEY + ")\\s*(==|=|!=)\\s*([A-Za-z0-9_.-]*)");
  private static final Pattern PRESENCE = Pattern.compile("(!?)\\s*(" + KEY + ")");

  private final List<Predicate<JsonNode>> requirements;

  private LabelSelector(List<Predicate<JsonNode>> requirements) {
    this.requirements = requirements;
  }

  static LabelSelector parse(String text) {
    List<Predicate<JsonNode>> requirements = new ArrayList<>();
    for (String part : split(text)) {
      requirements.add(requirement(part.strip(), text));
    }
    return new LabelSelector(requirements);
  }

  /// Whether an object's labels fit.
  @Override
  public boolean test(JsonNode object) {
    JsonNode labels = Meta.of(object).path("labels");
    return requirements.stream().allMatch(requirement -> requirement.test(labels));
  }

  /// Splits at the commas outside parentheses.
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '(' -> depth++;
        case ')' -> depth--;
        case ',' -> {
          if (depth == 0) {
            parts.add(text.substring(start, i));
            start = i + 1;
          }
        }
        default -> {}
      }
    }
    parts.add(text.substring(start));
    parts.removeIf(String::isBlank);
    return parts;
  }

  private static Predicate<JsonNode> requirement(String part, String whole) {
    Matcher set = SET.matcher(part);
    if (set.matches()) {
      Set<String> values =
          Stream.of(set.group(3).split(",")).map(String::strip).collect(Collectors.toSet());
      return set.group(2).equals("in") ? in(set.group(1), values) : notIn(set.group(1), values);
    }
    Matcher equality = EQUALITY.matcher(part);
    if (equality.matches()) {
      Set<String> value = Set.of(equality.group(3));
      return equality.group(2).equals("!=")
          ? notIn(equality.group(1), value)
          : in(equality.group(1), value);
    }
    Matcher presence = PRESENCE.matcher(part);
    if (presence.matches()) {
      boolean wanted = presence.group(1).isEmpty();
      String key = presence.group(2);
      return labels -> labels.has(key) == wanted;
    }
    throw ApiFailure.badRequest(
        "unable to parse requirement: found '" + part + "' in selector \"" + whole + "\"");
  }

  private static Predicate<JsonNode> in(String key, Set<String> values) {
    return labels -> labels.has(key) && values.contains(labels.path(key).asText());
  }

  private static Predicate<JsonNode> notIn(String key, Set<String> values) {
    return labels -> !labels.has(key) || !values.contains(labels.path(key).asText());
  }
}
