package io.firn.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.ResourceType;
import io.firn.simulator.kubevirt.HandlerPort;
import io.firn.simulator.kubevirt.HandlerVerbs;
import io.firn.simulator.tls.ServerIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Set;

/// The node agent's port with the certificate that KubeVirt's operator keeps for its node agents.
final class HandlerSecrets {
  private static final int PORT = 8186;
  private static final String NAMESPACE = "kubevirt";
  private static final String SECRET_NAME = "kubevirt-virt-handler-server-certs";
  private static final ResourceType SECRET = ResourceType.namespaced("", "v1", "secrets", "Secret");
  private static final ResourceType CONFIG_MAP =
      ResourceType.namespaced("", "v1", "configmaps", "ConfigMap");

  private HandlerSecrets() {}

  /// `folder` takes the files; an IllegalStateException where KubeVirt keeps none.
  static HandlerPort port(ApiClient client, HandlerVerbs verbs, Path folder, InstantSource clock) {
    ObjectNode secret = client.get(SECRET, NAMESPACE, SECRET_NAME).orElseGet(Fields::newObject);
    ObjectNode map = client.get(CONFIG_MAP, NAMESPACE, "kubevirt-ca").orElseGet(Fields::newObject);
    String authority = Fields.text(map, "data", "ca-bundle");
    String certificate = Fields.text(secret, "data", "tls.crt");
    if (certificate.isEmpty() || authority.isEmpty()) {
      throw new IllegalStateException(
          "KubeVirt runs in the cluster, but namespace kubevirt has no Secret "
              + SECRET_NAME
              + " or no ConfigMap kubevirt-ca: the node agent cannot prove to virt-api who it is");
    }
    Base64.Decoder decoder = Base64.getDecoder();
    Path chain = write(folder.resolve("handler.crt"), decoder.decode(certificate));
    Path key =
        write(
            folder.resolve("handler.key"), decoder.decode(Fields.text(secret, "data", "tls.key")));
    return new HandlerPort(
        client,
        verbs,
        ServerIdentity.read(chain, key),
        ServerIdentity.Authorities.parse(authority),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT),
        clock);
  }

  private static Path write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(file);
      Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rw-------");
      Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("write " + file, e);
    }
  }
}
