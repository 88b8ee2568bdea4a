package io.firn.cluster.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.Cluster;
import io.firn.cluster.ClusterObjects;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import io.firn.simulator.api.ApiServer;
import io.firn.simulator.api.ApiServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// An API server without controllers, and clients of it.
final class SimulatedApi implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Path directory;
  private final ApiServer server;
  private final Cluster admin;

  SimulatedApi(Path directory) {
    this.directory = directory;
    this.server = ApiServer.start(new ApiServerOptions(directory, 0, 1, InstantSource.system()));
    this.admin = client(server.token("admin", "system:masters"), "admin");
  }

  ApiServer server() {
    return server;
  }

  Cluster admin() {
    return admin;
  }

  Cluster client(String token, String name) {
    Path kubeconfig = directory.resolve(name + ".kubeconfig");
    server.writeKubeconfig(kubeconfig, "simulated", token);
    return KubernetesCluster.connect(ConnectOptions.of(kubeconfig));
  }

  void makeNamespace(String name) {
    ObjectNode namespace = JsonNodeFactory.instance.objectNode();
    namespace.put("apiVersion", "v1").put("kind", "Namespace");
    namespace.putObject("metadata").put("name", name);
    admin.objects().create(namespace, false);
  }

  void dropNamespace(String name) {
    ObjectRef ref = ObjectRef.of(Kinds.NAMESPACE, "", name);
    admin.objects().delete(ref, ClusterObjects.Propagation.BACKGROUND, Optional.empty());
    admin.objects().await(ref, Optional::isEmpty, SOON);
  }

  /// Installs a CRD that takes any content.
  void serve(ResourceKind kind) {
    ObjectNode crd = JsonNodeFactory.instance.objectNode();
    crd.put("apiVersion", "apiextensions.k8s.io/v1").put("kind", "CustomResourceDefinition");
    crd.putObject("metadata")
        .put("name", kind.plural() + "." + kind.apiGroup())
        .putObject("annotations")
        .put("api-approved.kubernetes.io", "unapproved, for tests");
    ObjectNode spec = crd.putObject("spec");
    spec.put("group", kind.apiGroup()).put("scope", kind.namespaced() ? "Namespaced" : "Cluster");
    spec.putObject("names").put("kind", kind.kind()).put("plural", kind.plural());
    ObjectNode version = spec.putArray("versions").addObject();
    version.put("name", kind.version()).put("served", true).put("storage", true);
    version
        .putObject("schema")
        .putObject("openAPIV3Schema")
        .put("type", "object")
        .put("x-kubernetes-preserve-unknown-fields", true);
    version.putObject("subresources").putObject("status");
    admin.objects().create(crd, false);
    admin
        .objects()
        .await(
            new ObjectRef(
                "apiextensions.k8s.io",
                "CustomResourceDefinition",
                "",
                kind.plural() + "." + kind.apiGroup()),
            o -> o.filter(c -> c.path("status").toString().contains("Established")).isPresent(),
            SOON);
  }

  @Override
  public void close() {
    admin.close();
    server.close();
  }
}
