package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Questions about who somebody is and what they may do.
final class Reviews {
  private static final List<String> SELF_REVIEWS =
      List.of("selfsubjectaccessreviews", "selfsubjectrulesreviews");
  private static final List<String> DISCOVERY =
      List.of(
          "/api",
          "/api/*",
          "/apis",
          "/apis/*",
          "/healthz",
          "/livez",
          "/openapi",
          "/openapi/*",
          "/readyz",
          "/version",
          "/version/");

  private final Authorizer authorizer;
  private final Tokens tokens;

  Reviews(Authorizer authorizer, Tokens tokens) {
    this.authorizer = authorizer;
    this.tokens = tokens;
  }

  Reply answer(Target target, ApiRequest request) {
    ObjectNode review = request.object();
    ObjectNode status = review.putObject("status");
    switch (target.resource().plural()) {
      case "selfsubjectaccessreviews" -> decide(review, request.user(), status);
      case "subjectaccessreviews", "localsubjectaccessreviews" ->
          decide(review, subject(review.path("spec")), status);
      case "selfsubjectrulesreviews" -> rules(request.user(), namespace(review), status);
      case "selfsubjectreviews" -> status.set("userInfo", describe(request.user()));
      case "tokenreviews" -> token(review.at("/spec/token").asText(), status);
      default -> throw ApiFailure.noSuchPath();
    }
    return Reply.json(201, review);
  }

  private void decide(ObjectNode review, User user, ObjectNode status) {
    JsonNode asked = review.at("/spec/resourceAttributes");
    if (!asked.isObject()) {
      status.put("allowed", user.isMaster());
      return;
    }
    String sub = asked.path("subresource").asText();
    String plural = asked.path("resource").asText();
    Attributes attributes =
        new Attributes(
            user,
            asked.path("verb").asText(),
            asked.path("group").asText(),
            sub.isEmpty() ? plural : plural + "/" + sub,
            asked.path("namespace").asText(),
            asked.path("name").asText());
    boolean allowed = authorizer.isAllowed(attributes);
    status.put("allowed", allowed);
    if (!allowed) {
      authorizer.reason(attributes).ifPresent(reason -> status.put("reason", reason));
    }
  }

  private static User subject(JsonNode spec) {
    return new User(
        spec.path("user").asText(), spec.path("uid").asText(), Json.strings(spec.path("groups")));
  }

  private static String namespace(ObjectNode review) {
    String namespace = review.at("/spec/namespace").asText();
    if (namespace.isEmpty()) {
      throw ApiFailure.badRequest("no namespace on request");
    }
    return namespace;
  }

  private static ObjectNode rule(String verb, List<String> resources, String group) {
    ObjectNode rule = Json.object();
    rule.putArray("verbs").add(verb);
    rule.putArray("apiGroups").add(group);
    resources.forEach(rule.putArray("resources")::add);
    return rule;
  }

  private void rules(User user, String namespace, ObjectNode status) {
    ArrayNode resourceRules = status.putArray("resourceRules");
    ArrayNode otherRules = status.putArray("nonResourceRules");
    status.put("incomplete", false);
    if (user.isMaster()) {
      ObjectNode all = resourceRules.addObject();
      for (String field : new String[] {"verbs", "apiGroups", "resources"}) {
        all.putArray(field).add("*");
      }
      ObjectNode everywhere = otherRules.addObject();
      everywhere.putArray("verbs").add("*");
      everywhere.putArray("nonResourceURLs").add("*");
    }
    // What `system:basic-user` and `system:discovery` give everybody who is known.
    resourceRules.add(rule("create", SELF_REVIEWS, "authorization.k8s.io"));
    resourceRules.add(rule("create", List.of("selfsubjectreviews"), "authentication.k8s.io"));
    ObjectNode paths = otherRules.addObject();
    paths.putArray("verbs").add("get");
    DISCOVERY.forEach(paths.putArray("nonResourceURLs")::add);
    authorizer.rules(user, namespace).filter(r -> r.has("resources")).forEach(resourceRules::add);
  }

  private void token(String token, ObjectNode status) {
    tokens
        .ofToken(token)
        .ifPresentOrElse(
            user -> status.put("authenticated", true).set("user", describe(user)),
            () ->
                status
                    .put("authenticated", false)
                    .put("error", "[invalid bearer token, token lookup failed]"));
  }

  private static ObjectNode describe(User user) {
    ObjectNode described = Json.object().put("username", user.name());
    if (!user.uid().isEmpty()) {
      described.put("uid", user.uid());
    }
    described.set("groups", Json.array(user.groups()));
    return described;
  }
}
