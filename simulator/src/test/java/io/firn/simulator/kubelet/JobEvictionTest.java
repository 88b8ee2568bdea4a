package io.firn.simulator.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.TestCluster;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pods of Jobs that the eviction API ends, as a drain does. The Jobs fail with the first failure
/// that counts.
class JobEvictionTest {
  @TempDir Path folder;
  private TestCluster test;

  @BeforeEach
  void start() {
    test = new TestCluster(folder.resolve("cluster"));
    test.namespace("shop");
  }

  @AfterEach
  void stop() {
    test.close();
  }

  @Test
  void evictions_thatThePolicyIgnores_areNotCounted() throws IOException {
    job(
        "podFailurePolicy: {rules: [{action: Ignore, onPodConditions: [{type: DisruptionTarget}]}]}");
    for (int times = 0; times < 3; times++) {
      evictRunning();
    }
    Files.createFile(folder.resolve("go-on"));

    ObjectNode job = test.await(TestCluster.JOB, "shop", "mover", JobEvictionTest::ended);
    assertThat(Fields.text(job, "status", "succeeded")).isEqualTo("1");
    assertThat(Fields.has(job, "status", "failed")).isFalse();
  }

  @Test
  void evictions_withoutAPolicy_areFailures() {
    job("");
    evictRunning();

    ObjectNode job = test.await(TestCluster.JOB, "shop", "mover", JobEvictionTest::ended);
    assertThat(Fields.text(job, "status", "failed")).isEqualTo("1");
  }

  @Test
  void jobThatIsDeleted_keepsNoPod() {
    job("");
    String pod = running();
    test.delete(TestCluster.JOB, "shop", "mover");
    test.awaitGone(Types.POD, "shop", pod);
  }

  private void job(String policy) {
    test.create(
        TestCluster.JOB,
        """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: mover, namespace: shop}
        spec:
          backoffLimit: 0
        %s
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: main
                  image: shell
                  args: ["until [ -e %s ]; do sleep 0.05; done"]
        """
            .formatted(policy.indent(2), folder.resolve("go-on")));
  }

  private void evictRunning() {
    String pod = running();
    ObjectNode eviction = Fields.newObject().put("apiVersion", "policy/v1");
    eviction.put("kind", "Eviction").putObject("metadata").put("name", pod);
    test.client().post(Types.POD, new ObjectKey("shop", pod), "eviction", eviction);
    test.awaitGone(Types.POD, "shop", pod);
  }

  /// The one pod of the Job, which runs.
  private String running() {
    ObjectNode job =
        test.await(
            TestCluster.JOB,
            "shop",
            "mover",
            one -> Fields.at(one, "status", "ready").asInt() == 1);
    return test
        .client()
        .list(Types.POD, "shop", "batch.kubernetes.io/controller-uid=" + Meta.uid(job))
        .stream()
        .filter(pod -> !Meta.deleting(pod))
        .map(Meta::name)
        .findFirst()
        .orElseThrow();
  }

  private static boolean ended(ObjectNode job) {
    return Fields.objects(job, "status", "conditions").stream()
        .anyMatch(one -> !Fields.text(one, "type").equals("FailureTarget"));
  }
}
