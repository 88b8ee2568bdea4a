package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.objects;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// The graph nodes that an instance's spec names.
final class SpecNodes {
  private SpecNodes() {}

  static void credentials(String namespace, JsonNode spec, List<GraphNodes.Node> nodes) {
    for (ObjectNode credential : objects(spec, "accessCredentials")) {
      String kind = credential.has("sshPublicKey") ? "sshPublicKey" : "userPassword";
      add("Secret", namespace, text(credential, kind, "source", "secret", "secretName"), nodes);
    }
  }

  static void volumes(String namespace, JsonNode spec, List<GraphNodes.Node> nodes) {
    for (ObjectNode volume : objects(spec, "volumes")) {
      String dataVolume = text(volume, "dataVolume", "name");
      if (!dataVolume.isEmpty()) {
        nodes.add(
            new GraphNodes.Node(
                "cdi.kubevirt.io",
                "DataVolume",
                namespace,
                dataVolume,
                "storage",
                false,
                List.of(GraphNodes.claim(namespace, dataVolume))));
      }
      String claim = text(volume, "persistentVolumeClaim", "claimName");
      if (!claim.isEmpty()) {
        nodes.add(GraphNodes.claim(namespace, claim));
      }
      add("ConfigMap", namespace, text(volume, "configMap", "name"), nodes);
      add("Secret", namespace, text(volume, "secret", "secretName"), nodes);
      add("ServiceAccount", namespace, text(volume, "serviceAccount", "serviceAccountName"), nodes);
      for (String kind : List.of("cloudInitNoCloud", "cloudInitConfigDrive")) {
        add("Secret", namespace, text(volume, kind, "secretRef", "name"), nodes);
        add("Secret", namespace, text(volume, kind, "networkDataSecretRef", "name"), nodes);
      }
    }
  }

  static void networks(String namespace, JsonNode spec, List<GraphNodes.Node> nodes) {
    for (ObjectNode network : objects(spec, "networks")) {
      String wanted = text(network, "multus", "networkName");
      if (!wanted.isEmpty()) {
        int slash = wanted.indexOf('/');
        nodes.add(
            new GraphNodes.Node(
                "k8s.cni.cncf.io",
                "NetworkAttachmentDefinition",
                slash < 0 ? namespace : wanted.substring(0, slash),
                wanted.substring(slash + 1),
                "network",
                true,
                List.of()));
      }
    }
  }

  private static void add(String kind, String namespace, String name, List<GraphNodes.Node> nodes) {
    if (!name.isEmpty()) {
      nodes.add(GraphNodes.config(kind, namespace, name));
    }
  }
}
