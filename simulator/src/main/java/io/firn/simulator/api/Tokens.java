package io.firn.simulator.api;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Bearer tokens and who they stand for.
///
/// Thread-safe.
final class Tokens {
  private static final String BEARER = "Bearer ";

  private final Map<String, Grant> grants = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private final InstantSource clock;

  private record Grant(User user, Instant until) {}

  Tokens(InstantSource clock) {
    this.clock = clock;
  }

  String issue(User user) {
    return issue(user, Instant.MAX);
  }

  String issue(User user, Duration validity) {
    return issue(user, clock.instant().plus(validity));
  }

  private String issue(User user, Instant until) {
    byte[] secret = new byte[24];
    random.nextBytes(secret);
    String token = HexFormat.of().formatHex(secret);
    grants.put(token, new Grant(user, until));
    return token;
  }

  /// The user of an Authorization header; anonymous without one, empty where the token is unknown
  /// or over.
  Optional<User> identify(String authorization) {
    if (authorization.isEmpty()) {
      return Optional.of(User.ANONYMOUS);
    }
    if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.empty();
    }
    return ofToken(authorization.substring(BEARER.length()).strip());
  }

  Optional<User> ofToken(String token) {
    return Optional.ofNullable(grants.get(token))
        .filter(grant -> clock.instant().isBefore(grant.until()))
        .map(Grant::user);
  }
}
