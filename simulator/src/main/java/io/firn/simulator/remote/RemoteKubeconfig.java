package io.firn.simulator.remote;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.client.Config;
import io.firn.simulator.client.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Writes kubeconfigs for an API server that is known by one already: a single context, everything
/// in the file itself, readable by its owner only.
record RemoteKubeconfig(Config admin) {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String NAME = "simulator";

  /// For the admin.
  void write(Path file) {
    ObjectNode user = Fields.newObject();
    text(user, "token", admin.getAutoOAuthToken());
    text(user, "token", admin.getOauthToken());
    data(user, "client-certificate-data", admin.getClientCertData(), admin.getClientCertFile());
    data(user, "client-key-data", admin.getClientKeyData(), admin.getClientKeyFile());
    write(file, user);
  }

  /// For whoever a token stands for.
  void write(Path file, String token) {
    write(file, Fields.newObject().put("token", token));
  }

  private void write(Path file, ObjectNode user) {
    ObjectNode config = Fields.newObject().put("apiVersion", "v1").put("kind", "Config");
    config.put("current-context", NAME);
    ObjectNode cluster = entry(config, "clusters", "cluster");
    cluster.put("server", admin.getMasterUrl().replaceAll("/+$", ""));
    data(cluster, "certificate-authority-data", admin.getCaCertData(), admin.getCaCertFile());
    entry(config, "users", "user").setAll(user);
    entry(config, "contexts", "context")
        .put("cluster", NAME)
        .put("user", NAME)
        .put("namespace", "default");
    try {
      replace(file.toAbsolutePath(), YAML.writeValueAsString(config));
    } catch (IOException e) {
      throw new UncheckedIOException("the kubeconfig " + file + " could not be written", e);
    }
  }

  private static ObjectNode entry(ObjectNode config, String list, String field) {
    return Fields.array(config, list).addObject().put("name", NAME).putObject(field);
  }

  private static void text(ObjectNode object, String field, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      object.put(field, value);
    }
  }

  /// What is given as data, or else what lies in a file.
  private static void data(
      ObjectNode object, String field, @Nullable String data, @Nullable String file) {
    if (data != null || file == null) {
      text(object, field, data);
      return;
    }
    try {
      object.put(field, Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(file))));
    } catch (IOException e) {
      throw new UncheckedIOException("the kubeconfig's " + file + " cannot be read", e);
    }
  }

  private static void replace(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Path draft =
        Files.createTempFile(
            file.getParent(),
            "kubeconfig",
            ".part",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, text);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
