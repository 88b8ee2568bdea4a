package io.firn.simulator.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Reads and writes objects as JSON. Failures are [ApiFailure]; "not found" is an empty answer
/// where the method returns an Optional.
///
/// Thread-safe.
public final class ApiClient {
  private static final String MERGE_PATCH = "application/merge-patch+json";
  private static final String JSON = "application/json";
  private static final int WRITE_ATTEMPTS = 20;

  private final HttpClient http;
  private final String server;

  public ApiClient(KubernetesClient client) {
    this.http = client.getHttpClient();
    this.server = client.getMasterUrl().toString().replaceAll("/+$", "");
  }

  public Optional<ObjectNode> get(ResourceType type, String namespace, String name) {
    try {
      return Optional.of(send("GET", type.path(namespace) + "/" + name, JSON, ""));
    } catch (ApiFailure e) {
      if (e.notFound()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// All objects of a kind in a namespace ("" for all namespaces) that a label selector picks (""
  /// for all).
  public List<ObjectNode> list(ResourceType type, String namespace, String selector) {
    ObjectNode list = listing(type, namespace, selector);
    List<ObjectNode> items = Fields.objects(list, "items");
    items.forEach(item -> typed(item, type));
    return items;
  }

  ObjectNode listing(ResourceType type, String namespace, String selector) {
    String query = selector.isEmpty() ? "" : "?labelSelector=" + encode(selector);
    return send("GET", type.path(namespace) + query, JSON, "");
  }

  static void typed(ObjectNode item, ResourceType type) {
    Fields.putIfAbsent(item, "apiVersion", type.apiVersion());
    Fields.putIfAbsent(item, "kind", type.kind());
  }

  public ObjectNode create(ResourceType type, ObjectNode object) {
    return send("POST", type.path(Meta.namespace(object)), JSON, object.toString());
  }

  /// Has the server go through a creation and keep nothing (`dryRun=All`).
  public ObjectNode rehearse(ResourceType type, ObjectNode object) {
    String path = type.path(Meta.namespace(object)) + "?dryRun=All";
    return send("POST", path, JSON, object.toString());
  }

  /// Replaces an object; fails with a conflict if it changed since it was read.
  public ObjectNode update(ResourceType type, ObjectNode object) {
    return send("PUT", path(type, object), JSON, object.toString());
  }

  public ObjectNode updateStatus(ResourceType type, ObjectNode object) {
    return send("PUT", path(type, object) + "/status", JSON, object.toString());
  }

  public ObjectNode patch(ResourceType type, ObjectKey key, JsonNode mergePatch) {
    String path = type.path(key.namespace()) + "/" + key.name();
    return send("PATCH", path, MERGE_PATCH, mergePatch.toString());
  }

  /// Reads, changes and writes an object until nobody has written in between; no request where the
  /// change changes nothing. Empty where the object is gone.
  public Optional<ObjectNode> modify(
      ResourceType type, ObjectKey key, Consumer<ObjectNode> change) {
    return modify(type, key, change, false);
  }

  /// The same through the status subresource.
  public Optional<ObjectNode> modifyStatus(
      ResourceType type, ObjectKey key, Consumer<ObjectNode> change) {
    return modify(type, key, change, true);
  }

  private Optional<ObjectNode> modify(
      ResourceType type, ObjectKey key, Consumer<ObjectNode> change, boolean status) {
    for (int attempt = 1; ; attempt++) {
      Optional<ObjectNode> read = get(type, key.namespace(), key.name());
      if (read.isEmpty()) {
        return read;
      }
      ObjectNode changed = read.get().deepCopy();
      change.accept(changed);
      if (changed.equals(read.get())) {
        return read;
      }
      try {
        return Optional.of(status ? updateStatus(type, changed) : update(type, changed));
      } catch (ApiFailure e) {
        if (e.notFound()) {
          return Optional.empty();
        }
        if (!e.conflict() || attempt == WRITE_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /// Deletes in the background; an absent object is fine.
  public void delete(ResourceType type, ObjectKey key) {
    try {
      String path = type.path(key.namespace()) + "/" + key.name();
      send("DELETE", path, JSON, "{\"propagationPolicy\":\"Background\"}");
    } catch (ApiFailure e) {
      if (!e.notFound()) {
        throw e;
      }
    }
  }

  /// Deletes without grace, if the object still is the one of that UID; an absent or another one is
  /// fine.
  public void deleteNow(ResourceType type, ObjectKey key, String uid) {
    ObjectNode options = Fields.newObject().put("gracePeriodSeconds", 0);
    options.put("propagationPolicy", "Background").putObject("preconditions").put("uid", uid);
    try {
      send("DELETE", type.path(key.namespace()) + "/" + key.name(), JSON, options.toString());
    } catch (ApiFailure e) {
      if (!e.notFound() && !e.conflict()) {
        throw e;
      }
    }
  }

  /// What a subresource says in plain text, as `log` of a pod; `query` included.
  public String text(ResourceType type, ObjectKey key, String subresource) {
    String path = type.path(key.namespace()) + "/" + key.name() + "/" + subresource;
    HttpRequest built = http.newHttpRequestBuilder().uri(URI.create(server + path)).build();
    HttpResponse<String> response = await(http.sendAsync(built, String.class), built);
    String answer = response.body() == null ? "" : response.body();
    if (response.code() >= 400) {
      parse("GET " + path, response.code(), answer);
    }
    return answer;
  }

  /// Posts to a subresource, as `binding` of a pod.
  public ObjectNode post(ResourceType type, ObjectKey key, String subresource, JsonNode body) {
    String path = type.path(key.namespace()) + "/" + key.name() + "/" + subresource;
    return send("POST", path, JSON, body.toString());
  }

  /// Opens a watch; lines are watch events. Closing the stream ends it.
  InputStream watch(ResourceType type, String resourceVersion) {
    String query = "?watch=true&allowWatchBookmarks=true&resourceVersion=" + resourceVersion;
    HttpRequest request = http.newHttpRequestBuilder().uri(server + type.path("") + query).build();
    HttpResponse<InputStream> response = await(http.sendAsync(request, InputStream.class), request);
    if (response.code() != 200) {
      throw new ApiFailure(response.code(), "", "watch " + type.plural() + ": " + response.code());
    }
    return response.body();
  }

  private String path(ResourceType type, ObjectNode object) {
    return type.path(Meta.namespace(object)) + "/" + Meta.name(object);
  }

  private ObjectNode send(String method, String path, String contentType, String body) {
    HttpRequest.Builder request = http.newHttpRequestBuilder().uri(URI.create(server + path));
    if (body.isEmpty()) {
      request.method(method, null, null);
    } else {
      request.method(method, contentType, body);
    }
    HttpRequest built = request.build();
    HttpResponse<String> response = await(http.sendAsync(built, String.class), built);
    String answer = response.body() == null ? "" : response.body();
    return parse(method + " " + path, response.code(), answer);
  }

  private static ObjectNode parse(String request, int code, String answer) {
    JsonNode node;
    try {
      node = answer.isEmpty() ? Fields.newObject() : Fields.JSON.readTree(answer);
    } catch (JsonProcessingException e) {
      throw new ApiFailure(code, "", request + ": " + code + " " + answer);
    }
    if (code >= 400) {
      String message = Fields.text(node, "message");
      throw new ApiFailure(
          code, Fields.text(node, "reason"), message.isEmpty() ? request + ": " + code : message);
    }
    return node instanceof ObjectNode object ? object : Fields.newObject();
  }

  private static <T> T await(
      java.util.concurrent.CompletableFuture<T> future, HttpRequest request) {
    try {
      return future.get(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiFailure(request.method() + " " + request.uri() + ": interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new ApiFailure(request.method() + " " + request.uri() + ": " + e, e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
