package io.firn.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a graph of many machines costs: lists, not machines.
final class FleetTest {
  private static final int NAMESPACES = 20;
  private static final int MACHINES_EACH = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FakeCluster cluster = new FakeCluster();
  private final List<ObjectRef> machines = new ArrayList<>();

  @Test
  void manyMachines_readEachListOnce() {
    for (int space = 0; space < NAMESPACES; space++) {
      for (int i = 0; i < MACHINES_EACH; i++) {
        addMachine("team-" + space, "vm-" + i);
      }
    }

    ObjectGraph graph = new GraphBuilder(cluster).build(machines);

    assertThat(graph.claims()).hasSize(2 * NAMESPACES * MACHINES_EACH);
    assertThat(graph.findings()).isEmpty();
    assertThat(cluster.reads()).allSatisfy((list, times) -> assertThat(times).isEqualTo(1));
    assertThat(cluster.reads().keySet().stream().filter(list -> list.endsWith(" in team-7")))
        .hasSizeLessThanOrEqualTo(12);
  }

  private void addMachine(String namespace, String name) {
    ObjectNode vm = add("kubevirt.io/v1", "VirtualMachine", namespace, name);
    vm.withObject("/status").put("created", true);
    ObjectNode spec = vm.withObject("/spec/template/spec");
    spec.withObject("/domain/devices/tpm").put("persistent", true);
    var volumes = spec.putArray("volumes");
    volumes.addObject().put("name", "root").putObject("dataVolume").put("name", name);
    volumes
        .addObject()
        .put("name", "ci")
        .putObject("cloudInitNoCloud")
        .putObject("secretRef")
        .put("name", name);
    ObjectNode instance = add("kubevirt.io/v1", "VirtualMachineInstance", namespace, name);
    instance.withObject("/spec").put("evictionStrategy", "None");
    instance
        .withObject("/metadata")
        .putArray("ownerReferences")
        .addObject()
        .put("kind", "VirtualMachine")
        .put("name", name)
        .put("uid", vm.at("/metadata/uid").asText());
    add("cdi.kubevirt.io/v1beta1", "DataVolume", namespace, name)
        .withObject("/status")
        .put("phase", "Succeeded");
    add("v1", "PersistentVolumeClaim", namespace, name);
    add("v1", "Secret", namespace, name);
    add("v1", "PersistentVolumeClaim", namespace, "state-" + name)
        .withObject("/metadata/labels")
        .put("persistent-state-for", name);
    machines.add(ObjectRef.of(vm));
  }

  private ObjectNode add(String apiVersion, String kind, String namespace, String name) {
    ObjectNode object = JSON.createObjectNode().put("apiVersion", apiVersion).put("kind", kind);
    object
        .putObject("metadata")
        .put("name", name)
        .put("namespace", namespace)
        .put("uid", kind + "/" + namespace + "/" + name);
    cluster.add(object);
    return object;
  }
}
