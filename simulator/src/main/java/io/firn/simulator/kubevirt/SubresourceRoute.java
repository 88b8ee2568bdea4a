package io.firn.simulator.kubevirt;

import io.firn.simulator.api.AggregatedApi.Request;
import io.firn.simulator.api.AggregatedApi.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// One route of virt-api, and what its router (go-restful) makes of a request's method and media
/// types before anybody handles it. `consumes` and `produces` are what the route declares; a route
/// that declares no type of its answer takes only clients that accept `*/*`.
record SubresourceRoute(String method, List<String> consumes, List<String> produces) {
  private static final String ANY = "*/*";
  private static final List<String> JSON = List.of("application/json");

  private static final SubresourceRoute ACT = new SubresourceRoute("PUT", List.of(ANY), List.of());
  private static final SubresourceRoute ACT_WITHOUT_BODY =
      new SubresourceRoute("PUT", List.of(), List.of());
  private static final SubresourceRoute READ = new SubresourceRoute("GET", JSON, JSON);
  private static final SubresourceRoute EXPAND = new SubresourceRoute("GET", List.of(), JSON);

  private static final Map<String, SubresourceRoute> ROUTES =
      Map.ofEntries(
          Map.entry("virtualmachineinstances/freeze", ACT),
          Map.entry("virtualmachineinstances/unfreeze", ACT_WITHOUT_BODY),
          Map.entry("virtualmachineinstances/pause", ACT),
          Map.entry("virtualmachineinstances/unpause", ACT),
          Map.entry("virtualmachineinstances/guestosinfo", READ),
          Map.entry("virtualmachineinstances/userlist", READ),
          Map.entry("virtualmachineinstances/filesystemlist", READ),
          Map.entry("virtualmachineinstances/objectgraph", READ),
          Map.entry("virtualmachines/start", ACT),
          Map.entry("virtualmachines/stop", ACT),
          Map.entry("virtualmachines/restart", ACT),
          Map.entry("virtualmachines/expand-spec", EXPAND),
          Map.entry("virtualmachines/objectgraph", READ));

  SubresourceRoute {
    consumes = List.copyOf(consumes);
    produces = List.copyOf(produces);
  }

  static Optional<SubresourceRoute> of(String plural, String action) {
    return Optional.ofNullable(ROUTES.get(plural + "/" + action));
  }

  /// The router's refusal, in plain text as it writes it; empty where the request is passed on.
  Optional<Response> refusal(Request request) {
    if (!request.method().equals(method)) {
      return Optional.of(Answers.text(405, "405: Method Not Allowed"));
    }
    if (!takes(request.header("content-type")) && !request.body().isEmpty()) {
      return Optional.of(Answers.text(415, "415: Unsupported Media Type"));
    }
    if (!answersIn(request.header("accept"))) {
      return Optional.of(
          Answers.text(
              406,
              "406: Not Acceptable\n\nAvailable representations: " + String.join(", ", produces)));
    }
    return Optional.empty();
  }

  private boolean takes(String contentType) {
    return consumes.isEmpty()
        || contentType.isEmpty()
        || types(contentType).anyMatch(type -> consumes.contains(ANY) || consumes.contains(type));
  }

  private boolean answersIn(String accept) {
    return accept.isEmpty()
        || types(accept).anyMatch(type -> type.equals(ANY) || produces.contains(type));
  }

  /// Media types without parameters; go-restful neither knows `application/*` nor minds `q`.
  private static Stream<String> types(String header) {
    return Stream.of(header.split(",")).map(type -> type.split(";", 2)[0].strip());
  }
}
