package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Questions about who somebody is and what they may do.
final class Reviews {
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
      case "selfsubjectrulesreviews" ->
          rules(request.user(), review.at("/spec/namespace").asText(), status);
      case "selfsubjectreviews" -> status.set("userInfo", describe(request.user()));
      case "tokenreviews" -> token(review.at("/spec/token").asText(), status);
      default -> throw ApiFailure.noSuchPath();
    }
    return Reply.json(201, review);
  }

  private void decide(ObjectNode review, User user, ObjectNode status) {
    JsonNode asked = review.at("/spec/resourceAttributes");
    boolean allowed = user.isMaster();
    if (asked.isObject()) {
      String sub = asked.path("subresource").asText();
      String plural = asked.path("resource").asText();
      allowed =
          authorizer.isAllowed(
              new Attributes(
                  user,
                  asked.path("verb").asText(),
                  asked.path("group").asText(),
                  sub.isEmpty() ? plural : plural + "/" + sub,
                  asked.path("namespace").asText(),
                  asked.path("name").asText()));
    }
    status.put("allowed", allowed);
  }

  private static User subject(JsonNode spec) {
    return new User(
        spec.path("user").asText(), spec.path("uid").asText(), Json.strings(spec.path("groups")));
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
      ObjectNode paths = otherRules.addObject();
      paths.putArray("verbs").add("*");
      paths.putArray("nonResourceURLs").add("*");
    }
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
