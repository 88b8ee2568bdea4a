package io.firn.simulator.api;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a request wants to do, as authorization sees it. `resource` includes the subresource
/// (`pods/log`); absent parts are "".
record Attributes(
    User user, String verb, String group, String resource, String namespace, String name) {
  private static final Pattern NAME = Pattern.compile("metadata\\.name==?([^=]+)");

  static Attributes of(ResourcePath path, ApiRequest request) {
    String resource =
        path.subresource().isEmpty() ? path.plural() : path.plural() + "/" + path.subresource();
    String namespace =
        path.namespace().isEmpty() && path.plural().equals("namespaces")
            ? path.name()
            : path.namespace();
    return new Attributes(
        request.user(),
        verb(request, path.name().isEmpty()),
        path.group(),
        resource,
        namespace,
        path.name().isEmpty() ? selectedName(request) : path.name());
  }

  /// A list or a watch that selects one name counts as one of that object alone, so that a rule
  /// with resource names can allow it.
  private static String selectedName(ApiRequest request) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return "";
    }
    return Stream.of(request.query().get("fieldSelector").split(","))
        .map(NAME::matcher)
        .filter(Matcher::matches)
        .map(found -> found.group(1))
        .findFirst()
        .orElse("");
  }

  /// Of any path below a version, whoever serves it.
  static Attributes ofAnyPath(String group, List<String> segments, ApiRequest request) {
    boolean deep = segments.size() > (segments.getFirst().equals("namespaces") ? 5 : 3);
    return deep
        ? ofAggregated(group, "", segments, request)
        : of(ResourcePath.of(group, "", segments), request);
  }

  /// Paths of aggregated APIs may go deeper than a subresource: the rest belongs to its name.
  static Attributes ofAggregated(
      String group, String version, List<String> segments, ApiRequest request) {
    boolean inNamespace = segments.size() > 2 && segments.getFirst().equals("namespaces");
    List<String> rest = inNamespace ? segments.subList(2, segments.size()) : segments;
    String name = rest.size() > 1 ? rest.get(1) : "";
    String sub = rest.size() > 2 ? "/" + String.join("/", rest.subList(2, rest.size())) : "";
    return new Attributes(
        request.user(),
        verb(request, name.isEmpty()),
        group,
        rest.getFirst() + sub,
        inNamespace ? segments.get(1) : "",
        name);
  }

  private static String verb(ApiRequest request, boolean collection) {
    return switch (request.method()) {
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> collection ? "deletecollection" : "delete";
      default -> {
        if (request.query().flag("watch")) {
          yield "watch";
        }
        yield collection ? "list" : "get";
      }
    };
  }
}
