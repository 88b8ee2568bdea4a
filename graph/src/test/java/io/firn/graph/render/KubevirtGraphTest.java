package io.firn.graph.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.firn.graph.FakeCluster;
import io.firn.graph.GraphBuilder;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectGraph;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The yardstick is what a real KubeVirt answered about the objects of the same moment.
final class KubevirtGraphTest {
  private static final JsonNode ANSWERS = FakeCluster.json("kubevirt/objectgraph.json");
  private static final FakeCluster CLUSTER = runningCluster();

  @ParameterizedTest
  @CsvSource({
    "shop, virtualmachines, orders-db",
    "shop, virtualmachineinstances, orders-db",
    "lab, virtualmachines, pool-0",
    "lab, virtualmachineinstances, solo"
  })
  void json_ofOneRoot_isWhatKubevirtAnswers(String namespace, String plural, String name)
      throws JsonProcessingException {
    String json = GraphFormat.JSON.render(graph(ref(plural, namespace, name)));

    // Compared as text, so that the order of children and fields counts.
    assertThat(new ObjectMapper().readTree(json).toPrettyString())
        .isEqualTo(answer(namespace, plural, name).toPrettyString());
  }

  @Test
  void json_ofSeveralRoots_isAnArrayInTheirOrder() throws JsonProcessingException {
    ObjectRef solo = ref("virtualmachineinstances", "lab", "solo");
    ObjectRef pooled = ref("virtualmachines", "lab", "pool-0");

    JsonNode json = new ObjectMapper().readTree(GraphFormat.JSON.render(graph(solo, pooled)));

    assertThat(json.get(0).toString())
        .isEqualTo(answer("lab", "virtualmachineinstances", "solo").toString());
    assertThat(json.get(1).toString())
        .isEqualTo(answer("lab", "virtualmachines", "pool-0").toString());
    assertThat(json).hasSize(2);
  }

  @Test
  void yaml_holdsTheSameAsJson() throws JsonProcessingException {
    String yaml = GraphFormat.YAML.render(graph(ref("virtualmachines", "shop", "orders-db")));

    assertThat(new YAMLMapper().readTree(yaml))
        .isEqualTo(answer("shop", "virtualmachines", "orders-db"));
    assertThat(yaml).startsWith("---\nobjectReference:\n  apiGroup: kubevirt.io\n");
  }

  /// The launcher of `solo` was there when KubeVirt answered; the list of objects lacks it.
  private static FakeCluster runningCluster() {
    FakeCluster cluster = FakeCluster.ofJsonList("kubevirt/running-cluster.json");
    ObjectRef pooled = ObjectRef.of(Kinds.POD, "lab", "virt-launcher-pool-0-gxsw8");
    ObjectNode solo = cluster.object(ObjectRef.of(Kinds.INSTANCE, "lab", "solo"));
    ObjectNode pod = cluster.object(pooled).deepCopy();
    pod.withObject("/metadata").put("name", "virt-launcher-solo-kwncr");
    ((ObjectNode) pod.at("/metadata/ownerReferences/0"))
        .put("name", "solo")
        .put("uid", solo.at("/metadata/uid").asText());
    pod.withObject("/metadata/labels").remove("kubevirt.io/created-by");
    cluster.add(pod);
    return cluster;
  }

  @Test
  void json_hasWhatKubevirtOverlooks_andOnlyKindsThatItKnows() throws JsonProcessingException {
    FakeCluster cluster = FakeCluster.ofYaml("graphs/every-volume-source.yaml");
    ObjectGraph graph =
        new GraphBuilder(cluster).build(List.of(ref("virtualmachines", "shop", "all")));

    JsonNode root = new ObjectMapper().readTree(GraphFormat.JSON.render(graph));

    assertThat(children(root))
        .containsSubsequence(
            "PersistentVolumeClaim dump optional",
            "PersistentVolumeClaim image",
            "ConfigMap extras optional",
            "Secret unattend",
            "ConfigMap unattend",
            "ServiceAccount launcher")
        .noneMatch(child -> child.startsWith("PriorityClass") || child.startsWith("ResourceClaim"));
  }

  @Test
  void json_ofAPool_showsItsMachinesWithTheirDisks() throws JsonProcessingException {
    JsonNode root =
        new ObjectMapper()
            .readTree(GraphFormat.JSON.render(graph(ObjectRef.of(Kinds.POOL, "lab", "pool"))));

    assertThat(children(root))
        .containsExactly("ControllerRevision pool-1", "VirtualMachine pool-0");
    JsonNode machine = root.at("/children/1");
    assertThat(children(machine))
        .containsExactly(
            "ControllerRevision pool-1", "VirtualMachineInstance pool-0", "DataVolume pool-root-0");
    assertThat(children(machine.at("/children/2")))
        .containsExactly("PersistentVolumeClaim pool-root-0");
  }

  private static List<String> children(JsonNode node) {
    return StreamSupport.stream(node.path("children").spliterator(), false)
        .map(child ->
            child.at("/objectReference/kind").asText()
                + " "
                + child.at("/objectReference/name").asText()
                + (child.path("optional").asBoolean() ? " optional" : ""))
        .toList();
  }

  private static JsonNode answer(String namespace, String plural, String name) {
    return ANSWERS.path(
        "GET /apis/subresources.kubevirt.io/v1/namespaces/%s/%s/%s/objectgraph"
            .formatted(namespace, plural, name));
  }

  private static ObjectGraph graph(ObjectRef... roots) {
    return new GraphBuilder(CLUSTER).build(List.of(roots));
  }

  private static ObjectRef ref(String plural, String namespace, String name) {
    ResourceKind kind =
        Stream.of(Kinds.VIRTUAL_MACHINE, Kinds.INSTANCE)
            .filter(k -> k.plural().equals(plural))
            .findFirst()
            .orElseThrow();
    return ObjectRef.of(kind, namespace, name);
  }
}
