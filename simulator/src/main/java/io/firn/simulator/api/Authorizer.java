package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

  private ApiFailure refusal(Attributes asked) {
    int slash = asked.resource().indexOf('/');
    String plural = slash < 0 ? asked.resource() : asked.resource().substring(0, slash);
    String where =
        asked.namespace().isEmpty()
            ? "at the cluster scope"
            : "in the namespace \"" + asked.namespace() + "\"";
    return ApiFailure.forbidden(
        new ResourceId(asked.group(), plural),
        asked.name(),
        "User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s%s"
            .formatted(
                asked.user().name(),
                asked.verb(),
                asked.resource(),
                asked.group(),
                where,
                reason(asked).map(text -> ": " + text).orElse("")));
  }

  /// What RBAC adds to a refusal: roles that bindings name and that are not there.
  Optional<String> reason(Attributes asked) {
    List<String> absent = new ArrayList<>();
    bindings(asked.user(), asked.namespace())
        .filter(given -> role(given).isEmpty())
        .map(given -> given.binding().path("roleRef"))
        .map(ref ->
            ref.path("kind").asText().toLowerCase(Locale.ROOT)
                + ".rbac.authorization.k8s.io \""
                + ref.path("name").asText()
                + "\" not found")
        .distinct()
        .forEach(absent::add);
    return switch (absent.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of("rbac: RBAC: " + absent.getFirst());
      default -> Optional.of("rbac: RBAC: [" + String.join(", ", absent) + "]");
    };
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
    return bindings(user, namespace)
        .flatMap(given -> role(given).stream())
        .flatMap(role -> Json.elements(role.path("rules")));
  }

  private record Given(JsonNode binding, String namespace) {}

  private Stream<Given> bindings(User user, String namespace) {
    Stream<Given> cluster =
        list("clusterrolebindings", "").stream().map(binding -> new Given(binding, ""));
    Stream<Given> local =
        namespace.isEmpty()
            ? Stream.of()
            : list("rolebindings", namespace).stream().map(b -> new Given(b, namespace));
    return Stream.concat(cluster, local)
        .filter(given ->
            Json.elements(given.binding().path("subjects"))
                .anyMatch(s -> isSubject(s, user, given.namespace())));
  }

  private List<? extends JsonNode> list(String plural, String namespace) {
    return store.list(new ResourceId(GROUP, plural), namespace).items();
  }

  private Optional<? extends JsonNode> role(Given given) {
    JsonNode ref = given.binding().path("roleRef");
    boolean cluster = ref.path("kind").asText().equals("ClusterRole");
    ObjectKey key =
        new ObjectKey(
            new ResourceId(GROUP, cluster ? "clusterroles" : "roles"),
            cluster ? "" : given.namespace(),
            ref.path("name").asText());
    return store.find(key);
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
