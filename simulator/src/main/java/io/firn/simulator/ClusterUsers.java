package io.firn.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.ApiFailure;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.ResourceType;
import io.firn.simulator.client.Types;
import java.nio.file.Path;
import java.time.Duration;

/// Makes users as every API server can: service accounts of a namespace for them, with a token that
/// is good for a day.
///
/// Thread-safe.
final class ClusterUsers {
  private static final String NAMESPACE = "firn-users";
  private static final Duration VALIDITY = Duration.ofDays(1);
  private static final ResourceType ACCOUNT =
      ResourceType.namespaced("", "v1", "serviceaccounts", "ServiceAccount");

  private final ClusterApi api;
  private final ApiClient client;
  private final Path folder;

  /// `folder` takes the kubeconfigs.
  ClusterUsers(ClusterApi api, Path folder) {
    this.api = api;
    this.client = api.part("installer");
    this.folder = folder;
  }

  ClusterUser user(String name) {
    make(Types.NAMESPACE, Types.NAMESPACE.newObject("", NAMESPACE));
    make(ACCOUNT, ACCOUNT.newObject(NAMESPACE, name));
    String token = token(name);
    Path kubeconfig = folder.resolve(name + ".kubeconfig");
    api.writeKubeconfig(kubeconfig, token);
    ObjectNode subject = Fields.newObject();
    subject.put("kind", "ServiceAccount").put("name", name).put("namespace", NAMESPACE);
    return new ClusterUser(
        "system:serviceaccount:" + NAMESPACE + ":" + name, token, kubeconfig, subject);
  }

  private String token(String name) {
    ObjectNode request = Fields.newObject();
    request.put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenRequest");
    request.putObject("spec").put("expirationSeconds", VALIDITY.toSeconds());
    ObjectNode answer = client.post(ACCOUNT, new ObjectKey(NAMESPACE, name), "token", request);
    return Fields.text(answer, "status", "token");
  }

  private void make(ResourceType type, ObjectNode object) {
    try {
      client.create(type, object);
    } catch (ApiFailure e) {
      if (!e.alreadyExists()) {
        throw e;
      }
    }
  }

  /// Removes all users that were made.
  void remove() {
    client.delete(Types.NAMESPACE, new ObjectKey("", NAMESPACE));
  }
}
