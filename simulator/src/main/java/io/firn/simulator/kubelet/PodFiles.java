package io.firn.simulator.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.ResourceType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Writes the files of secret, configMap, downwardAPI and projected volumes, readable by the owner
/// alone.
final class PodFiles {
  static final ResourceType SECRET = ResourceType.namespaced("", "v1", "secrets", "Secret");
  static final ResourceType CONFIG_MAP =
      ResourceType.namespaced("", "v1", "configmaps", "ConfigMap");

  private static final ResourceType ACCOUNT =
      ResourceType.namespaced("", "v1", "serviceaccounts", "ServiceAccount");

  private final ApiClient client;
  private final ObjectNode pod;
  private final Path folder;

  PodFiles(ApiClient client, ObjectNode pod, Path folder) {
    this.client = client;
    this.pod = pod;
    this.folder = folder;
  }

  void secret(JsonNode source, String name) throws PodVolumes.MountFailure, IOException {
    write(source, name, "secret", content(client, SECRET, Meta.namespace(pod), name));
  }

  void configMap(JsonNode source, String name) throws PodVolumes.MountFailure, IOException {
    write(source, name, "configmap", content(client, CONFIG_MAP, Meta.namespace(pod), name));
  }

  void projected(JsonNode source) throws PodVolumes.MountFailure, IOException {
    for (ObjectNode part : Fields.objects(source, "sources")) {
      if (part.has("secret")) {
        secret(part.path("secret"), Fields.text(part, "secret", "name"));
      } else if (part.has("configMap")) {
        configMap(part.path("configMap"), Fields.text(part, "configMap", "name"));
      } else if (part.has("downwardAPI")) {
        downward(part.path("downwardAPI"));
      } else if (part.has("serviceAccountToken")) {
        token(part.path("serviceAccountToken"));
      }
    }
  }

  /// A token of the pod's service account, as long as the API server makes it good.
  private void token(JsonNode source) throws IOException {
    String name = Fields.text(pod, "spec", "serviceAccountName");
    ObjectNode request = Fields.newObject();
    request.put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenRequest");
    ObjectNode spec = request.putObject("spec");
    spec.put("expirationSeconds", source.path("expirationSeconds").asLong(3600));
    String audience = Fields.text(source, "audience");
    if (!audience.isEmpty()) {
      spec.putArray("audiences").add(audience);
    }
    ObjectKey account = new ObjectKey(Meta.namespace(pod), name.isEmpty() ? "default" : name);
    ObjectNode answer = client.post(ACCOUNT, account, "token", request);
    String token = Fields.text(answer, "status", "token");
    write(Fields.text(source, "path"), token.getBytes(StandardCharsets.UTF_8));
  }

  void downward(JsonNode source) throws IOException {
    for (ObjectNode item : Fields.objects(source, "items")) {
      String value = PodFields.value(pod, Fields.text(item, "fieldRef", "fieldPath"));
      write(Fields.text(item, "path"), value.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void write(
      JsonNode source, String name, String kind, Optional<Map<String, byte[]>> content)
      throws PodVolumes.MountFailure, IOException {
    if (content.isEmpty()) {
      if (source.path("optional").asBoolean()) {
        return;
      }
      throw new PodVolumes.MountFailure(
          "MountVolume.SetUp failed for volume \"%s\" : %s \"%s\" not found"
              .formatted(folder.getFileName(), kind, name));
    }
    if (!source.has("items")) {
      for (Map.Entry<String, byte[]> file : content.get().entrySet()) {
        write(file.getKey(), file.getValue());
      }
    }
    for (ObjectNode item : Fields.objects(source, "items")) {
      byte[] bytes = content.get().get(Fields.text(item, "key"));
      if (bytes == null) {
        throw new PodVolumes.MountFailure(
            "MountVolume.SetUp failed for volume \"%s\" : references non-existent %s key: %s"
                .formatted(folder.getFileName(), kind, Fields.text(item, "key")));
      }
      write(Fields.text(item, "path"), bytes);
    }
  }

  private void write(String path, byte[] bytes) throws IOException {
    Path file = folder.resolve(path).normalize();
    if (!file.startsWith(folder)) {
      throw new IOException("path " + path + " leads out of its volume");
    }
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, bytes);
  }

  /// The keys of a Secret or ConfigMap; empty where it does not exist.
  static Optional<Map<String, byte[]>> content(
      ApiClient client, ResourceType type, String namespace, String name) {
    return client.get(type, namespace, name).map(one -> content(one, type.equals(SECRET)));
  }

  private static Map<String, byte[]> content(ObjectNode object, boolean secret) {
    Map<String, byte[]> content = new LinkedHashMap<>();
    object
        .path("data")
        .propertyStream()
        .forEach(one -> content.put(one.getKey(), decode(one.getValue().asText(), secret)));
    object
        .path("binaryData")
        .propertyStream()
        .forEach(one -> content.put(one.getKey(), decode(one.getValue().asText(), true)));
    return content;
  }

  private static byte[] decode(String text, boolean base64) {
    return base64 ? Base64.getDecoder().decode(text) : text.getBytes(StandardCharsets.UTF_8);
  }
}
