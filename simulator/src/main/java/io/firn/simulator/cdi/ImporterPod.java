package io.firn.simulator.cdi;

import static io.firn.simulator.client.Fields.array;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.Types;

/// The pod that stands for an import while it runs; also the consumer that late binding waits for.
final class ImporterPod {
  static final String IMAGE = "cdi-importer";

  private ImporterPod() {}

  static String name(ObjectNode claim) {
    return "importer-" + Meta.name(claim);
  }

  static ObjectNode build(ObjectNode claim) {
    ObjectNode pod = Types.POD.newObject(Meta.namespace(claim), name(claim));
    Meta.annotations(pod).put("cdi.kubevirt.io/storage.createdByController", "yes");
    Meta.labels(pod)
        .put("app", "containerized-data-importer")
        .put("app.kubernetes.io/component", "storage")
        .put("app.kubernetes.io/managed-by", "cdi-controller")
        .put("cdi.kubevirt.io", "importer");
    Meta.setController(pod, claim);
    ObjectNode spec = pod.putObject("spec").put("restartPolicy", "OnFailure");
    ObjectNode container = array(spec, "containers").addObject();
    container.put("name", "importer").put("image", IMAGE);
    if (text(claim, "spec", "volumeMode").equals("Block")) {
      array(container, "volumeDevices")
          .addObject()
          .put("name", "cdi-data-vol")
          .put("devicePath", "/dev/cdi-block-volume");
    } else {
      array(container, "volumeMounts")
          .addObject()
          .put("name", "cdi-data-vol")
          .put("mountPath", "/data");
    }
    array(spec, "volumes")
        .addObject()
        .put("name", "cdi-data-vol")
        .putObject("persistentVolumeClaim")
        .put("claimName", Meta.name(claim));
    return pod;
  }
}
