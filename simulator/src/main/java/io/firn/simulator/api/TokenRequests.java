package io.firn.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// `serviceaccounts/token`: tokens for service accounts.
final class TokenRequests {
  private static final long DEFAULT_SECONDS = 3600;

  private final Reads reads;
  private final Tokens tokens;
  private final InstantSource clock;

  TokenRequests(Reads reads, Tokens tokens, InstantSource clock) {
    this.reads = reads;
    this.tokens = tokens;
    this.clock = clock;
  }

  Reply handle(Target target, ApiRequest request) {
    if (!request.method().equals("POST")) {
      throw ApiFailure.methodNotAllowed();
    }
    ObjectNode account = reads.require(target.sub(""));
    ObjectNode answer = request.object();
    ObjectNode spec = Json.child(answer, "spec");
    long seconds = spec.path("expirationSeconds").asLong(DEFAULT_SECONDS);
    spec.put("expirationSeconds", seconds);
    Meta.writable(answer).put("name", target.name()).put("namespace", target.namespace());
    User user = user(target.namespace(), target.name(), Meta.uid(account));
    answer
        .putObject("status")
        .put("token", tokens.issue(user, Duration.ofSeconds(seconds)))
        .put("expirationTimestamp", Meta.time(clock.instant().plusSeconds(seconds)));
    return Reply.json(201, answer);
  }

  /// Who a service account is.
  static User user(String namespace, String name, String uid) {
    return new User(
        "system:serviceaccount:" + namespace + ":" + name,
        uid,
        List.of(
            "system:serviceaccounts",
            "system:serviceaccounts:" + namespace,
            "system:authenticated"));
  }
}
