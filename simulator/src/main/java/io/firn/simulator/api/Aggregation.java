package io.firn.simulator.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// The API groups that others answer for.
///
/// Thread-safe.
final class Aggregation {
  private final List<AggregatedApi> apis = new CopyOnWriteArrayList<>();

  void add(AggregatedApi api) {
    apis.add(api);
  }

  List<AggregatedApi> all() {
    return apis;
  }

  Optional<AggregatedApi> find(String group, String version) {
    return apis.stream()
        .filter(api -> api.apiGroup().equals(group) && api.versions().contains(version))
        .findFirst();
  }

  /// Passes a request on. `path` begins after the version.
  static Reply forward(AggregatedApi api, String version, String path, ApiRequest request) {
    AggregatedApi.Response response =
        api.handle(
            new AggregatedApi.Request(
                request.method(),
                version,
                path,
                request.query().values(),
                request.headers(),
                request.body(),
                request.user().name()));
    return Reply.text(response.status(), response.contentType(), response.body());
  }
}
