package io.firn.cluster.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.Access;
import io.firn.cluster.ClusterException;
import io.firn.cluster.rights.Right;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Asks for all rights of a namespace at once (SelfSubjectRulesReview). Where that list is
/// incomplete, as it is beside other authorizers than RBAC, and for what is of the whole cluster,
/// each right that it does not show is asked for by itself (SelfSubjectAccessReview).
final class SelfReviews implements Access {
  private static final String GROUP = "authorization.k8s.io";

  private final Api api;

  SelfReviews(Api api) {
    this.api = api;
  }

  @Override
  public Set<Right> missing(String namespace, Collection<Right> rights) {
    Set<Right> wanted = new LinkedHashSet<>(rights);
    if (wanted.isEmpty() || allowed(new Right("*", "*", "*", true, ""), "")) {
      return Set.of();
    }
    List<JsonNode> rules = List.of();
    boolean complete = false;
    if (!namespace.isEmpty()) {
      Optional<JsonNode> review = rulesReview(namespace);
      rules = review.map(SelfReviews::rules).orElse(List.of());
      complete = review.filter(status -> !status.path("incomplete").asBoolean()).isPresent();
    }
    Set<Right> missing = new LinkedHashSet<>();
    for (Right right : wanted) {
      boolean listed = right.namespaced();
      boolean shown = listed && rules.stream().anyMatch(rule -> covers(rule, right));
      boolean askAgain = !listed || !complete;
      if (!shown && !(askAgain && allowed(right, right.namespaced() ? namespace : ""))) {
        missing.add(right);
      }
    }
    return missing;
  }

  @Override
  public Optional<String> user() {
    ObjectNode review = Json.object();
    review.put("apiVersion", "authentication.k8s.io/v1").put("kind", "SelfSubjectReview");
    return review("authentication.k8s.io", "selfsubjectreviews", review)
        .map(status -> status.path("userInfo").path("username").asText(""))
        .filter(name -> !name.isEmpty());
  }

  private Optional<JsonNode> rulesReview(String namespace) {
    ObjectNode review = Json.object();
    review.put("apiVersion", GROUP + "/v1").put("kind", "SelfSubjectRulesReview");
    review.putObject("spec").put("namespace", namespace);
    return review(GROUP, "selfsubjectrulesreviews", review);
  }

  private boolean allowed(Right right, String namespace) {
    ObjectNode review = Json.object();
    review.put("apiVersion", GROUP + "/v1").put("kind", "SelfSubjectAccessReview");
    ObjectNode asked = review.putObject("spec").putObject("resourceAttributes");
    int slash = right.resource().indexOf('/');
    asked.put("verb", right.verb()).put("group", right.apiGroup());
    asked.put("resource", slash < 0 ? right.resource() : right.resource().substring(0, slash));
    if (slash >= 0) {
      asked.put("subresource", right.resource().substring(slash + 1));
    }
    if (!namespace.isEmpty()) {
      asked.put("namespace", namespace);
    }
    if (!right.name().isEmpty()) {
      asked.put("name", right.name());
    }
    return review(GROUP, "selfsubjectaccessreviews", review)
        .filter(status -> status.path("allowed").asBoolean(false))
        .isPresent();
  }

  /// The status of a review; empty where the user may not even ask, or nobody answers such
  /// questions.
  private Optional<JsonNode> review(String group, String plural, ObjectNode review) {
    Operation op = new Operation("create", plural, group, "", "a review of this user's rights");
    try {
      return Optional.of(
          api.object(
                  ApiRequest.of(
                      "POST",
                      "/apis/" + group + "/v1/" + plural,
                      "application/json",
                      Json.write(review)),
                  op)
              .path("status"));
    } catch (ClusterException e) {
      return switch (e.code()) {
        case FORBIDDEN, NOT_FOUND, REJECTED -> Optional.empty();
        case NO_CONTEXT,
            UNREACHABLE,
            UNAUTHENTICATED,
            NOT_SERVED,
            ALREADY_EXISTS,
            CONFLICT,
            QUOTA,
            TIMEOUT,
            SERVER ->
            throw e;
      };
    }
  }

  private static List<JsonNode> rules(JsonNode status) {
    List<JsonNode> rules = new ArrayList<>();
    status.path("resourceRules").forEach(rules::add);
    return rules;
  }

  private static boolean covers(JsonNode rule, Right right) {
    int slash = right.resource().indexOf('/');
    boolean resource =
        has(rule, "resources", "*")
            || has(rule, "resources", right.resource())
            || (slash >= 0 && has(rule, "resources", "*" + right.resource().substring(slash)));
    boolean names =
        rule.path("resourceNames").isEmpty() || has(rule, "resourceNames", right.name());
    return resource
        && names
        && (has(rule, "verbs", "*") || has(rule, "verbs", right.verb()))
        && (has(rule, "apiGroups", "*") || has(rule, "apiGroups", right.apiGroup()));
  }

  private static boolean has(JsonNode rule, String field, String value) {
    for (JsonNode one : rule.path(field)) {
      if (one.asText().equals(value)) {
        return true;
      }
    }
    return false;
  }
}
