package io.firn.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Types;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedClusterTest {
  @TempDir Path folder;

  @Test
  void job_withASecretAndAVariable_runsAsAProcess() {
    try (TestCluster test = new TestCluster(folder)) {
      test.namespace("shop");
      test.create(
          TestCluster.SECRET,
          """
          apiVersion: v1
          kind: Secret
          metadata: {name: vault, namespace: shop}
          stringData: {password: sesame}
          """);
      test.create(
          TestCluster.JOB,
          """
          apiVersion: batch/v1
          kind: Job
          metadata: {name: hello, namespace: shop}
          spec:
            backoffLimit: 0
            template:
              spec:
                restartPolicy: Never
                volumes:
                  - {name: secret, secret: {secretName: vault}}
                containers:
                  - name: main
                    image: registry.example/team/shell:1.0
                    args:
                      - echo "$GREETING $(cat /etc/vault/password)"; printf done > /dev/termination-log
                    env:
                      - {name: GREETING, value: open}
                    volumeMounts:
                      - {name: secret, mountPath: /etc/vault}
          """);

      ObjectNode job =
          test.await(
              TestCluster.JOB, "shop", "hello", one -> Fields.has(one, "status", "completionTime"));
      assertThat(Fields.at(job, "status", "succeeded").asInt()).isEqualTo(1);
      ObjectNode pod = test.client().list(Types.POD, "shop", "job-name=hello").getFirst();
      assertThat(Fields.text(pod, "status", "phase")).isEqualTo("Succeeded");
      var ended =
          Fields.at(pod, "status", "containerStatuses").path(0).path("state").path("terminated");
      assertThat(ended.path("exitCode").asInt(-1)).isZero();
      assertThat(ended.path("message").asText()).isEqualTo("done");
    }
  }

  @Test
  void claim_writtenSnapshottedAndRestored_hasTheSameContent() throws Exception {
    try (TestCluster test = new TestCluster(folder)) {
      test.namespace("shop");
      test.claim("shop", "data", "Filesystem", "");
      ObjectNode claim = test.awaitPhase(Types.CLAIM, "shop", "data", "Bound");
      runOn(test, "writer", "data", "echo rows > /data/disk.img");

      test.create(
          Types.SNAPSHOT,
          """
          apiVersion: snapshot.storage.k8s.io/v1
          kind: VolumeSnapshot
          metadata: {name: snap, namespace: shop}
          spec: {source: {persistentVolumeClaimName: data}}
          """);
      test.await(
          Types.SNAPSHOT,
          "shop",
          "snap",
          one -> Fields.at(one, "status", "readyToUse").asBoolean());
      runOn(test, "overwriter", "data", "echo later > /data/disk.img");
      test.claim(
          "shop",
          "copy",
          "Filesystem",
          "dataSource: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: snap}");
      ObjectNode copy = test.awaitPhase(Types.CLAIM, "shop", "copy", "Bound");

      assertThat(disk(test, copy)).hasContent("rows");
      assertThat(disk(test, claim)).hasContent("later");
    }
  }

  private static Path disk(TestCluster test, ObjectNode claim) {
    String volume = Fields.text(claim, "spec", "volumeName");
    return test.cluster().volumeStore().path(volume).resolve("disk.img");
  }

  private static void runOn(TestCluster test, String name, String claim, String script) {
    test.create(
        TestCluster.JOB,
        """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: %s, namespace: shop}
        spec:
          backoffLimit: 0
          template:
            spec:
              restartPolicy: Never
              volumes:
                - {name: data, persistentVolumeClaim: {claimName: %s}}
              containers:
                - name: main
                  image: shell
                  args: ["%s"]
                  volumeMounts:
                    - {name: data, mountPath: /data}
        """
            .formatted(name, claim, script));
    ObjectNode job =
        test.await(TestCluster.JOB, "shop", name, one -> Fields.has(one, "status", "conditions"));
    assertThat(Fields.at(job, "status", "succeeded").asInt()).isEqualTo(1);
  }

  @Test
  void start_writesAKubeconfig_thatKubectlUses() throws Exception {
    try (TestCluster test = new TestCluster(folder)) {
      Path kubeconfig = test.cluster().kubeconfig();
      assertThat(Files.readString(kubeconfig)).contains(test.cluster().server().toString());
      ObjectNode node =
          test.await(
              io.firn.simulator.client.ResourceType.cluster("", "v1", "nodes", "Node"),
              "",
              "node1",
              one -> Fields.has(one, "status", "conditions"));
      assertThat(Fields.text(Fields.at(node, "status", "conditions").path(0), "type"))
          .isEqualTo("Ready");
      assertThat(test.client().list(Types.STORAGE_CLASS, "", ""))
          .extracting(one -> Fields.text(one, "metadata", "name"))
          .containsExactlyInAnyOrderElementsOf(List.of("fast", "fast-wffc", "plain"));
    }
  }
}
