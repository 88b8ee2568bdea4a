package io.firn.simulator.api;

/// Subresources that are more than a part of the stored object, and resources that are only
/// questions.
final class Subresources {
  private final PodLogs logs;
  private final PodActions pods;
  private final Scales scales;
  private final TokenRequests tokens;
  private final Reviews reviews;

  Subresources(
      PodLogs logs, PodActions pods, Scales scales, TokenRequests tokens, Reviews reviews) {
    this.logs = logs;
    this.pods = pods;
    this.scales = scales;
    this.tokens = tokens;
    this.reviews = reviews;
  }

  Reply handle(Target target, ApiRequest request) {
    if (!target.version().has(target.subresource())) {
      throw ApiFailure.noSuchPath();
    }
    return switch (target.subresource()) {
      case "log" -> logs.handle(target, request);
      case "eviction" -> pods.evict(target, request);
      case "binding" -> pods.bind(target, request);
      case "scale" -> scales.handle(target, request);
      case "token" -> tokens.handle(target, request);
      default -> throw ApiFailure.noSuchPath();
    };
  }

  /// Resources that are answered and not stored.
  Reply virtual(Target target, ApiRequest request) {
    if (!request.method().equals("POST")) {
      throw ApiFailure.methodNotAllowed();
    }
    return target.resource().plural().equals("bindings")
        ? pods.bind(target, request)
        : reviews.answer(target, request);
  }
}
