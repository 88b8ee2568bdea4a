package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// Role-based access control over the roles and bindings in the store. Members of `system:masters`
/// may do everything.
///
/// Thread-safe.
final class Authorizer {
  private static final String GROUP = "rbac.authorization.k8s.io";
  private static final Set<String> PUBLIC = Set.of("healthz", "livez", "readyz", "version");
  private static final Set<String> DISCOVERY = Set.of("", "api", "apis", "openapi");

  private final Store store;

  Authorizer(Store store) {
    this.store = store;
  }

  /// Refuses with 403 what is not allowed.
  void check(Attributes asked) {
    if (!isAllowed(asked)) {
      throw refusal(asked);
    }
  }

  private static ApiFailure refusal(Attributes asked) {
    int slash = asked.resource().indexOf('/');
    String plural = slash < 0 ? asked.resource() : asked.resource().substring(0, slash);
    String where =
        asked.namespace().isEmpty()
            ? "at the cluster scope"
            : "in the namespace \"" + asked.namespace() + "\"";
    return ApiFailure.forbidden(
        new ResourceId(asked.group(), plural),
        asked.name(),
        "User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
            .formatted(asked.user().name(), asked.verb(), asked.resource(), asked.group(), where));
  }

  /// Refuses paths that are no resources, but for those that everybody may see.
  void checkPath(ApiRequest request) {
    String[] segments = request.path().split("/");
    String root = segments.length < 2 ? "" : segments[1];
    boolean known = !request.user().name().equals(User.ANONYMOUS.name());
    if (PUBLIC.contains(root) || (known && DISCOVERY.contains(root)) || request.user().isMaster()) {
      return;
    }
    throw ApiFailure.of(
        403,
        "Forbidden",
        "forbidden: User \"%s\" cannot %s path \"%s\""
            .formatted(
                request.user().name(), request.method().toLowerCase(Locale.ROOT), request.path()));
  }

  boolean isAllowed(Attributes asked) {
    return asked.user().isMaster()
        || isSelfReview(asked)
        || rules(asked.user(), asked.namespace()).anyMatch(rule -> allows(rule, asked));
  }

  /// Everybody who is known may ask what they may do (`system:basic-user`).
  private static boolean isSelfReview(Attributes asked) {
    return asked.verb().equals("create")
        && asked.resource().startsWith("selfsubject")
        && !asked.user().name().equals(User.ANONYMOUS.name());
  }

  /// The rules that bindings give a user, for a namespace or with "" for the whole cluster.
  Stream<JsonNode> rules(User user, String namespace) {
    List<JsonNode> rules = new ArrayList<>();
    for (JsonNode binding : list("clusterrolebindings", "")) {
      collect(binding, user, "", rules);
    }
    if (!namespace.isEmpty()) {
      for (JsonNode binding : list("rolebindings", namespace)) {
        collect(binding, user, namespace, rules);
      }
    }
    return rules.stream();
  }

  private List<? extends JsonNode> list(String plural, String namespace) {
    return store.list(new ResourceId(GROUP, plural), namespace).items();
  }

  private void collect(JsonNode binding, User user, String namespace, List<JsonNode> rules) {
    if (Json.elements(binding.path("subjects")).noneMatch(s -> isSubject(s, user, namespace))) {
      return;
    }
    JsonNode ref = binding.path("roleRef");
    boolean cluster = ref.path("kind").asText().equals("ClusterRole");
    ObjectKey key =
        new ObjectKey(
            new ResourceId(GROUP, cluster ? "clusterroles" : "roles"),
            cluster ? "" : namespace,
            ref.path("name").asText());
    store.find(key).ifPresent(role -> role.path("rules").forEach(rules::add));
  }

  private static boolean isSubject(JsonNode subject, User user, String namespace) {
    String name = subject.path("name").asText();
    return switch (subject.path("kind").asText()) {
      case "User" -> name.equals(user.name());
      case "Group" -> user.groups().contains(name);
      case "ServiceAccount" ->
          user.name()
              .equals(
                  "system:serviceaccount:"
                      + subject.path("namespace").asText(namespace)
                      + ":"
                      + name);
      default -> false;
    };
  }

  private static boolean allows(JsonNode rule, Attributes asked) {
    int slash = asked.resource().indexOf('/');
    String anySub = slash < 0 ? "" : "*" + asked.resource().substring(slash);
    List<String> resources = Json.strings(rule.path("resources"));
    List<String> names = Json.strings(rule.path("resourceNames"));
    return covers(rule.path("verbs"), asked.verb())
        && covers(rule.path("apiGroups"), asked.group())
        && (resources.contains("*")
            || resources.contains(asked.resource())
            || (!anySub.isEmpty() && resources.contains(anySub)))
        && (names.isEmpty() || names.contains(asked.name()));
  }

  private static boolean covers(JsonNode list, String wanted) {
    List<String> values = Json.strings(list);
    return values.contains("*") || values.contains(wanted);
  }
}
