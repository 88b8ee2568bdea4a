package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Plain HTTPS with the server and token of a kubeconfig: what the wire says, unvarnished.
final class RawClient implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final String server;
  private final String token;

  private RawClient(HttpClient http, String server, String token) {
    this.http = http;
    this.server = server;
    this.token = token;
  }

  record Answer(int status, JsonNode body, List<String> warnings) {
    String message() {
      return body.path("message").asText();
    }

    String reason() {
      return body.path("reason").asText();
    }
  }

  static RawClient of(Config config) throws IOException {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      byte[] pem = Base64.getDecoder().decode(config.getCaCertData());
      trusted.setCertificateEntry(
          "ca",
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem)));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, trust.getTrustManagers(), null);
      String server = config.getMasterUrl().replaceAll("/+$", "");
      return new RawClient(HttpClient.newBuilder().sslContext(tls).build(), server, token(config));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static String token(Config config) {
    return Optional.ofNullable(config.getOauthToken())
        .or(() -> Optional.ofNullable(config.getAutoOAuthToken()))
        .orElseThrow(() -> new IllegalStateException("the kubeconfig has no token"));
  }

  RawClient as(String otherToken) {
    return new RawClient(http, server, otherToken);
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send("GET", path, "application/json", "");
  }

  Answer post(String path, String body) throws IOException, InterruptedException {
    return send("POST", path, "application/json", body);
  }

  Answer put(String path, JsonNode body) throws IOException, InterruptedException {
    return send("PUT", path, "application/json", body.toString());
  }

  Answer patch(String path, String kind, String body) throws IOException, InterruptedException {
    return send("PATCH", path, "application/" + kind, body);
  }

  Answer delete(String path, String options) throws IOException, InterruptedException {
    return send("DELETE", path, "application/json", options);
  }

  /// A read with an `Accept` header.
  Answer accepting(String types, String path) throws IOException, InterruptedException {
    return send(request(path, "application/json").header("Accept", types).build());
  }

  Answer send(String method, String path, String contentType, String body)
      throws IOException, InterruptedException {
    return send(request(path, contentType).method(method, publisher(body)).build());
  }

  private Answer send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    boolean json =
        response.headers().firstValue("content-type").orElse("").startsWith("application/json");
    JsonNode tree =
        json ? JSON.readTree(response.body()) : JSON.getNodeFactory().textNode(response.body());
    return new Answer(response.statusCode(), tree, response.headers().allValues("warning"));
  }

  /// A table, as kubectl asks for it.
  JsonNode table(String path) throws IOException, InterruptedException {
    HttpRequest request =
        request(path, "application/json")
            .setHeader("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json")
            .build();
    return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  /// The events of a watch as they come; closing the stream ends it.
  Stream<JsonNode> watch(String path) throws IOException, InterruptedException {
    return http.send(request(path, "application/json").build(), HttpResponse.BodyHandlers.ofLines())
        .body()
        .map(RawClient::parse);
  }

  InputStream stream(String path) throws IOException, InterruptedException {
    return http.send(
            request(path, "application/json").build(), HttpResponse.BodyHandlers.ofInputStream())
        .body();
  }

  private HttpRequest.Builder request(String path, String contentType) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + path)).header("Content-Type", contentType);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private static HttpRequest.BodyPublisher publisher(String body) {
    return body.isEmpty()
        ? HttpRequest.BodyPublishers.noBody()
        : HttpRequest.BodyPublishers.ofString(body);
  }

  static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON: " + text, e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
