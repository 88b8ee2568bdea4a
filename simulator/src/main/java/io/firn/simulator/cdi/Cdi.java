package io.firn.simulator.cdi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.Controller;
import io.firn.simulator.api.AdmissionPlugin;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Manifests;
import io.firn.simulator.client.Types;
import java.util.List;

/// CDI's parts for one cluster: what is installed, its webhooks and its controller. Assembling
/// starts nothing; the order is that of KubeVirt's parts.
public final class Cdi {
  private static final String API = "system:serviceaccount:cdi:cdi-apiserver";
  private static final String CONTROLLER = "system:serviceaccount:cdi:cdi-sa";
  private static final List<String> PLURALS =
      List.of(
          "cdiconfigs",
          "dataimportcrons",
          "datasources",
          "datavolumes",
          "storageprofiles",
          "volumeclonesources",
          "volumeimportsources",
          "volumeuploadsources");

  private final List<AdmissionPlugin> admission;
  private final List<Controller> controllers;

  public Cdi(CdiOptions options) {
    ApiClient api = new ApiClient(options.connect().apply(API));
    ApiClient controller = new ApiClient(options.connect().apply(CONTROLLER));
    this.admission = List.of(new DataVolumeMutator(api), new DataVolumeValidator(api));
    this.controllers = List.of(new CdiController(controller, options));
  }

  public static List<ObjectNode> definitions() {
    return PLURALS.stream()
        .map(plural -> Manifests.read(Cdi.class, "crds/" + plural + ".yaml"))
        .toList();
  }

  /// The roles for users, for an API server that aggregates roles.
  public static List<ObjectNode> roles() {
    return Manifests.readAll(Cdi.class, "roles.yaml");
  }

  public static List<ObjectNode> objects() {
    return List.of(Types.NAMESPACE.newObject("", "cdi"));
  }

  public List<AdmissionPlugin> admission() {
    return admission;
  }

  /// `cdi`.
  public List<Controller> controllers() {
    return controllers;
  }
}
