package io.firn.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.ResourceType;
import io.firn.simulator.client.Types;
import io.firn.simulator.guest.Workload;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/// A cluster that runs already: here the bare API server of a plane, which had none of our parts.
@EnabledIfEnvironmentVariable(named = "FIRN_REAL_PLANE", matches = ".+")
class ExistingClusterTest {
  private static final ResourceType NODE = ResourceType.cluster("", "v1", "nodes", "Node");
  private static final ResourceType WEBHOOKS =
      ResourceType.cluster(
          "admissionregistration.k8s.io",
          "v1",
          "validatingwebhookconfigurations",
          "ValidatingWebhookConfiguration");

  @Test
  void whatIsMissingIsInstalledAndRemoved_whatWasThereStays(@TempDir Path folder)
      throws IOException {
    Properties plane = new Properties();
    try (Reader reader =
        Files.newBufferedReader(Path.of(System.getenv("FIRN_REAL_PLANE"), "plane.properties"))) {
      plane.load(reader);
    }
    Assumptions.assumeTrue(
        plane.getProperty("kubevirt", "none").equals("none"), "KubeVirt is real there");
    Path kubeconfig = Path.of(plane.getProperty("kubeconfig"));
    ControlPlane existing = new ControlPlane.Existing(kubeconfig);
    SimulatorOptions options = SimulatorOptions.in(folder);
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    try (KubernetesClient connection = new KubernetesClientBuilder().withConfig(config).build()) {
      ApiClient client = new ApiClient(connection);
      ObjectNode theirs = Types.STORAGE_CLASS.newObject("", "fast");
      theirs.put("provisioner", "somebody.example");
      client.delete(Types.STORAGE_CLASS, new ObjectKey("", "fast"));
      client.create(Types.STORAGE_CLASS, theirs);
      try {
        assertThat(SimulatedCluster.toInstall(options, existing))
            .contains("StorageClass plain")
            .doesNotContain("StorageClass fast");
        try (SimulatedCluster cluster =
            SimulatedCluster.start(options, Workload.DEFAULT, existing)) {
          assertThat(cluster.user("somebody").token()).isNotEmpty();
          assertThat(client.get(NODE, "", "node1")).isPresent();
          assertThat(client.get(Types.CRD, "", "virtualmachines.kubevirt.io")).isPresent();
        }
        assertThat(client.get(Types.CRD, "", "virtualmachines.kubevirt.io")).isEmpty();
        assertThat(client.get(NODE, "", "node1")).isEmpty();
        assertThat(client.list(WEBHOOKS, "", "")).isEmpty();
        assertThat(client.get(Types.STORAGE_CLASS, "", "plain")).isEmpty();
        assertThat(client.get(Types.STORAGE_CLASS, "", "fast")).isPresent();
      } finally {
        client.delete(Types.STORAGE_CLASS, new ObjectKey("", "fast"));
      }
    }
  }
}
