package io.firn.simulator.kubevirt;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.firn.simulator.SimulatedCluster;
import io.firn.simulator.client.ApiClient;

/// Requests as they go over the wire, with the answer's code; acts as a user.
final class RawHttp implements AutoCloseable {
  private final KubernetesClient client;
  private final String server;

  RawHttp(SimulatedCluster cluster, String user) {
    this.server = cluster.server().toString();
    this.client = cluster.connect(user);
  }

  record Answer(int code, String body) {}

  ApiClient api() {
    return new ApiClient(client);
  }

  /// `headers` are names and values in turn.
  Answer send(String method, String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request = client.getHttpClient().newHttpRequestBuilder();
    request.uri(server + path);
    request.method(
        method, body.isEmpty() ? null : "application/json", body.isEmpty() ? null : body);
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    HttpResponse<String> response =
        client.getHttpClient().sendAsync(request.build(), String.class).get();
    return new Answer(response.code(), response.body() == null ? "" : response.body());
  }

  /// A subresource of an instance or machine.
  Answer act(
      String method, String plural, String place, String action, String body, String... headers)
      throws Exception {
    String[] parts = place.split("/");
    return send(
        method,
        "/apis/subresources.kubevirt.io/v1/namespaces/"
            + parts[0]
            + "/"
            + plural
            + "/"
            + parts[1]
            + "/"
            + action,
        body,
        headers);
  }

  @Override
  public void close() {
    client.close();
  }
}
