package io.firn.simulator.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.api.AggregatedApi;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Installed;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ResourceType;
import java.util.ArrayList;
import java.util.List;

/// What has an API server pass a group on to a port of this machine: a Service whose external name
/// is `localhost`, and an APIService for each version. `authority` is base64 of PEM.
record AggregationObjects(AggregatedApi api, int port, String authority) {
  static final ResourceType SERVICE = ResourceType.namespaced("", "v1", "services", "Service");
  static final ResourceType API_SERVICE =
      ResourceType.cluster("apiregistration.k8s.io", "v1", "apiservices", "APIService");
  private static final String NAMESPACE = "kube-system";

  static String serviceName(AggregatedApi api) {
    return "simulator-" + api.apiGroup().replace('.', '-');
  }

  /// The name that the API server expects in the certificate.
  static String host(AggregatedApi api) {
    return serviceName(api) + "." + NAMESPACE + ".svc";
  }

  ObjectNode service() {
    ObjectNode service = SERVICE.newObject(NAMESPACE, serviceName(api));
    Meta.annotations(service).put(Installed.ANNOTATION, "true");
    ObjectNode spec = service.putObject("spec");
    spec.put("type", "ExternalName").put("externalName", "localhost");
    Fields.array(spec, "ports").addObject().put("port", port);
    return service;
  }

  /// The preferred version first.
  List<ObjectNode> apiServices() {
    List<ObjectNode> all = new ArrayList<>();
    for (String version : api.versions()) {
      String name = version + "." + api.apiGroup();
      ObjectNode one = API_SERVICE.newObject("", name);
      Meta.annotations(one).put(Installed.ANNOTATION, "true");
      ObjectNode spec = one.putObject("spec");
      spec.put("group", api.apiGroup()).put("version", version).put("caBundle", authority);
      spec.put("groupPriorityMinimum", 1000).put("versionPriority", 15 - all.size());
      spec.putObject("service")
          .put("namespace", NAMESPACE)
          .put("name", serviceName(api))
          .put("port", port);
      all.add(one);
    }
    return all;
  }
}
