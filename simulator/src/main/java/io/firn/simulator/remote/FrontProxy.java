package io.firn.simulator.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.ResourceType;
import io.firn.simulator.tls.ServerIdentity;

/// Who an API server says its aggregation layer is: ConfigMap `extension-apiserver-authentication`
/// in kube-system, as every aggregated server reads it.
final class FrontProxy {
  private static final ResourceType CONFIG_MAP =
      ResourceType.namespaced("", "v1", "configmaps", "ConfigMap");
  private static final String NAME = "extension-apiserver-authentication";

  private FrontProxy() {}

  /// Signers of its client certificates; an IllegalStateException where there is no aggregation.
  static ServerIdentity.Authorities authorities(ApiClient client) {
    ObjectNode map = client.get(CONFIG_MAP, "kube-system", NAME).orElseGet(Fields::newObject);
    String pem = Fields.text(map, "data", "requestheader-client-ca-file");
    if (pem.isEmpty()) {
      throw new IllegalStateException(
          "the API server has no aggregation layer (ConfigMap kube-system/"
              + NAME
              + " names no requestheader-client-ca-file); start it with"
              + " --requestheader-client-ca-file and --proxy-client-cert-file");
    }
    return ServerIdentity.Authorities.parse(pem);
  }
}
