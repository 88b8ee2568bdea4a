package io.firn.cluster.kubernetes;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends through fabric8's HTTP client, which adds TLS and credentials. Its own retries are off: it
/// would repeat a create blindly.
final class HttpTransport implements Transport {
  /// JSON where there is something to choose, otherwise whatever comes: subresources of an
  /// aggregated server that declare no type of their answer (KubeVirt's freeze, unfreeze, pause, …)
  /// refuse a client that takes JSON alone. kubectl asks in the same words.
  private static final String ACCEPTED = "application/json, */*";

  private final HttpClient client;
  private final URI server;

  HttpTransport(HttpClient client, URI server) {
    this.client = client;
    this.server = server;
  }

  @Override
  public ApiResponse send(ApiRequest request) throws IOException {
    HttpRequest.Builder builder =
        client
            .newHttpRequestBuilder()
            .uri(resolve(request.path()))
            .header("Accept", ACCEPTED)
            .timeout(request.timeout().toMillis(), TimeUnit.MILLISECONDS);
    String contentType = request.body().map(ApiRequest.Body::contentType).orElse("");
    String text = request.body().map(ApiRequest.Body::text).orElse("");
    if (!request.method().equals("GET")) {
      builder.method(
          request.method(), contentType.isEmpty() ? "application/json" : contentType, text);
    }
    HttpResponse<String> response =
        await(client.sendAsync(builder.build(), String.class), request.timeout().plusSeconds(5));
    String body = response.body();
    return new ApiResponse(
        response.code(),
        body == null ? "" : body,
        retryAfter(response),
        1,
        WarningHeaders.texts(response.headers("Warning")));
  }

  @Override
  public WatchStream watch(String pathAndQuery, Duration atMost) throws IOException {
    HttpRequest request =
        client
            .newHttpRequestBuilder()
            .uri(resolve(pathAndQuery))
            .header("Accept", ACCEPTED)
            .forStreaming()
            .build();
    HttpResponse<InputStream> response =
        await(client.sendAsync(request, InputStream.class), atMost);
    if (!response.isSuccessful()) {
      response.body().close();
      throw new IOException("watch was answered with status " + response.code());
    }
    return new WatchStream(response.body());
  }

  private URI resolve(String pathAndQuery) {
    String base = server.toString();
    return URI.create(
        (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + pathAndQuery);
  }

  private static Optional<Duration> retryAfter(HttpResponse<?> response) {
    String value = response.header("Retry-After");
    return value != null && value.matches("\\d{1,6}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
        : Optional.empty();
  }

  private static <T> T await(CompletableFuture<T> future, Duration atMost) throws IOException {
    try {
      return future.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("interrupted while waiting for the API server")
              .initCause(interrupted);
    } catch (TimeoutException late) {
      future.cancel(true);
      throw new IOException("no answer within " + atMost.toSeconds() + " s", late);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      if (cause instanceof IOException io) {
        throw io;
      }
      throw new IOException(String.valueOf(cause), failed);
    }
  }
}
