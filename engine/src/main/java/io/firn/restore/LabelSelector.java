package io.firn.restore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A label selector as kubectl takes it: `a=b`, `a==b`, `a!=b`, `a in (b,c)`, `a notin (b,c)`, `a`,
/// `!a`, joined by commas.
///
/// Immutable.
public final class LabelSelector {
  /// A comma that is in no parentheses.
  private static final Pattern BETWEEN = Pattern.compile(",(?![^()]*\\))");

  private static final String KEY = "([A-Za-z0-9][-A-Za-z0-9_./]*)";
  private static final Pattern EQUALS =
      Pattern.compile(KEY + "\\s*(==|=|!=)\\s*([A-Za-z0-9][-A-Za-z0-9_.]*|)");
  private static final Pattern SET = Pattern.compile(KEY + "\\s+(in|notin)\\s*\\(([^()]*)\\)");
  private static final Pattern THERE = Pattern.compile("(!?)\\s*" + KEY);

  private final String text;
  private final List<Predicate<JsonNode>> terms;

  private LabelSelector(String text, List<Predicate<JsonNode>> terms) {
    this.text = text;
    this.terms = List.copyOf(terms);
  }

  /// Reads one; [IllegalArgumentException] names the part that makes no sense.
  public static LabelSelector parse(String text) {
    List<Predicate<JsonNode>> terms = new ArrayList<>();
    for (String part : BETWEEN.split(text, -1)) {
      terms.add(
          term(part.strip())
              .orElseThrow(
                  () -> new IllegalArgumentException("'" + part.strip() + "' is no label term")));
    }
    return new LabelSelector(text, terms);
  }

  public boolean matches(ObjectNode object) {
    JsonNode labels = object.path("metadata").path("labels");
    return terms.stream().allMatch(term -> term.test(labels));
  }

  private static Optional<Predicate<JsonNode>> term(String part) {
    Matcher equal = EQUALS.matcher(part);
    if (equal.matches()) {
      return Optional.of(
          within(equal.group(1), Set.of(equal.group(3)), !equal.group(2).equals("!=")));
    }
    Matcher set = SET.matcher(part);
    if (set.matches()) {
      Set<String> values =
          Stream.of(set.group(3).split(",", -1)).map(String::strip).collect(Collectors.toSet());
      return Optional.of(within(set.group(1), values, set.group(2).equals("in")));
    }
    Matcher there = THERE.matcher(part);
    if (there.matches()) {
      return Optional.of(labels -> labels.has(there.group(2)) == there.group(1).isEmpty());
    }
    return Optional.empty();
  }

  /// As in Kubernetes, an object without the label satisfies `!=` and `notin`.
  private static Predicate<JsonNode> within(String key, Set<String> values, boolean wanted) {
    return labels -> (labels.has(key) && values.contains(labels.path(key).asText())) == wanted;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelSelector selector && selector.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
