package io.firn.simulator.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.TestCluster;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.Types;
import io.firn.simulator.faults.Fault;
import io.firn.simulator.kubelet.ProcessFaults.ProcessFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeletTest {
  @TempDir static Path folder;
  private static TestCluster test;

  @BeforeAll
  static void start() {
    test = new TestCluster(folder);
    test.namespace("shop");
  }

  @AfterAll
  static void stop() {
    test.close();
  }

  private static void pod(String name, String spec, String container) {
    test.create(
        Types.POD,
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, namespace: shop}
        spec:
          restartPolicy: Never
        %s
          containers:
            - name: main
              image: shell
        %s
        """
            .formatted(name, spec.indent(2), container.indent(6)));
  }

  private static void job(String name, String spec, String script) {
    test.create(
        TestCluster.JOB,
        """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: %s, namespace: shop}
        spec:
        %s
          template:
            spec:
              restartPolicy: Never
              containers:
                - {name: main, image: shell, args: ["%s"]}
        """
            .formatted(name, spec.indent(2), script));
  }

  private static ObjectNode finished(String job) {
    return test.await(
        TestCluster.JOB, "shop", job, one -> holds(one, "Complete") || holds(one, "Failed"));
  }

  private static boolean holds(ObjectNode job, String type) {
    return Fields.named(Fields.at(job, "status", "conditions"), "type", type)
        .map(one -> Fields.text(one, "status").equals("True"))
        .orElse(false);
  }

  private static JsonNode ended(ObjectNode pod) {
    return Fields.at(pod, "status", "containerStatuses").path(0).path("state").path("terminated");
  }

  @Test
  void failedContainer_withoutAMessage_passesTheEndOfItsLogOn() {
    pod(
        "talker",
        "",
        """
        args: ["echo first; echo last words; exit 9"]
        terminationMessagePolicy: FallbackToLogsOnError
        """);
    JsonNode end = ended(test.awaitPhase(Types.POD, "shop", "talker", "Failed"));

    assertThat(end.path("exitCode").asInt()).isEqualTo(9);
    assertThat(end.path("reason").asText()).isEqualTo("Error");
    assertThat(end.path("message").asText()).endsWith("last words\n");
  }

  @Test
  void blockClaim_asADevice_isTheVolumeItself() {
    test.claim("shop", "disk", "Block", "");
    pod(
        "writer",
        "volumes: [{name: disk, persistentVolumeClaim: {claimName: disk}}]",
        """
        args: ["printf bytes | dd of=/dev/target conv=notrunc 2>/dev/null"]
        volumeDevices: [{name: disk, devicePath: /dev/target}]
        """);
    test.awaitPhase(Types.POD, "shop", "writer", "Succeeded");

    String volume = Fields.text(test.get(Types.CLAIM, "shop", "disk"), "spec", "volumeName");
    Path file = test.cluster().volumeStore().path(volume);
    assertThat(file).hasSize(16 << 20);
    assertThat(head(file)).isEqualTo("bytes");
  }

  private static String head(Path file) {
    try (var stream = Files.newInputStream(file)) {
      return new String(stream.readNBytes(5), java.nio.charset.StandardCharsets.UTF_8);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void unknownImage_isNotPulled() {
    test.create(
        Types.POD,
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: stranger, namespace: shop}
        spec:
          containers: [{name: main, image: registry.example/unknown:1}]
        """);
    ObjectNode pod =
        test.await(
            Types.POD, "shop", "stranger", one -> Fields.has(one, "status", "containerStatuses"));

    JsonNode waiting =
        Fields.at(pod, "status", "containerStatuses").path(0).path("state").path("waiting");
    assertThat(waiting.path("reason").asText()).isEqualTo("ImagePullBackOff");
    test.delete(Types.POD, "shop", "stranger");
    test.awaitGone(Types.POD, "shop", "stranger");
  }

  @Test
  void volumeThatCannotBeMounted_isNamedInAnEvent() {
    pod("far", "volumes: [{name: far, nfs: {server: nowhere, path: /}}]", "args: [\"true\"]");
    ObjectNode event = test.awaitEvent("shop", "far", "FailedMount");

    assertThat(Fields.text(event, "message")).contains("\"far\"").contains("nfs");
    test.delete(Types.POD, "shop", "far");
    test.awaitGone(Types.POD, "shop", "far");
  }

  @Test
  void deletedPod_isAskedToEndAndGoes() throws Exception {
    Path trace = Files.createTempFile(folder, "trace", "");
    pod(
        "polite",
        "volumes: [{name: host, hostPath: {path: %s}}]".formatted(folder),
        """
        args: ["trap 'echo bye >> /host/%s; exit 0' TERM; echo up; while :; do sleep 0.05; done"]
        volumeMounts: [{name: host, mountPath: /host}]
        """
            .formatted(trace.getFileName()));
    test.awaitPhase(Types.POD, "shop", "polite", "Running");
    long end = System.nanoTime() + 20_000_000_000L;
    while (!log("polite").contains("up")) {
      assertThat(System.nanoTime()).isLessThan(end);
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }

    test.delete(Types.POD, "shop", "polite");
    test.awaitGone(Types.POD, "shop", "polite");
    assertThat(trace).hasContent("bye");
  }

  private static String log(String pod) throws Exception {
    List<Path> logs;
    try (var all = Files.walk(folder.resolve("pods"))) {
      logs = all.filter(path -> path.endsWith("log")).toList();
    }
    ObjectNode object = test.get(Types.POD, "shop", pod);
    StringBuilder text = new StringBuilder();
    for (Path log : logs) {
      if (log.toString().contains(Meta.uid(object))) {
        text.append(Files.readString(log));
      }
    }
    return text.toString();
  }

  @Test
  void failingContainer_toBeRestarted_runsUntilItSucceeds() throws Exception {
    Path counter = Files.createTempFile(folder, "counter", "");
    test.create(
        Types.POD,
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: stubborn, namespace: shop}
        spec:
          restartPolicy: OnFailure
          volumes: [{name: host, hostPath: {path: %s}}]
          containers:
            - name: main
              image: shell
              args: ["echo x >> /host/%s; test $(wc -l < /host/%s) -ge 2"]
              volumeMounts: [{name: host, mountPath: /host}]
        """
            .formatted(folder, counter.getFileName(), counter.getFileName()));

    ObjectNode pod = test.awaitPhase(Types.POD, "shop", "stubborn", "Succeeded");
    assertThat(Fields.at(pod, "status", "containerStatuses").path(0).path("restartCount").asInt())
        .isEqualTo(1);
  }

  @Test
  void initContainer_runsFirst_andIsReported() {
    pod(
        "prepared",
        """
        volumes: [{name: shared, emptyDir: {}}]
        initContainers:
          - name: before
            image: shell
            args: ["echo ready > /shared/file"]
            volumeMounts: [{name: shared, mountPath: /shared}]
        """,
        """
        args: ["cat /shared/file > /dev/termination-log"]
        volumeMounts: [{name: shared, mountPath: /shared}]
        """);
    ObjectNode pod = test.awaitPhase(Types.POD, "shop", "prepared", "Succeeded");

    assertThat(ended(pod).path("message").asText()).isEqualTo("ready\n");
    JsonNode before = Fields.at(pod, "status", "initContainerStatuses").path(0);
    assertThat(before.path("state").path("terminated").path("exitCode").asInt(-1)).isZero();
  }

  @Test
  void job_whosePodIsKilledOnce_triesAgain() {
    test.cluster()
        .faults()
        .add(new Fault.PodProcess("shop", "killed-*", new ProcessFault.Kill(3), 1));
    job("killed", "backoffLimit: 2", "echo hello; sleep 0.3");
    ObjectNode job = finished("killed");

    assertThat(holds(job, "Complete")).isTrue();
    assertThat(Fields.at(job, "status", "failed").asInt()).isEqualTo(1);
    assertThat(test.client().list(Types.POD, "shop", "job-name=killed")).hasSize(2);
  }

  @Test
  void job_outOfMemoryEachTime_failsAtItsLimit() {
    test.cluster()
        .faults()
        .add(
            new Fault.PodProcess(
                "shop", "hungry-*", new ProcessFault.OutOfMemory(0), Fault.ALWAYS));
    job("hungry", "backoffLimit: 1", "sleep 60");
    ObjectNode job = finished("hungry");

    assertThat(holds(job, "Failed")).isTrue();
    List<ObjectNode> pods = test.client().list(Types.POD, "shop", "job-name=hungry");
    assertThat(pods)
        .hasSize(2)
        .allSatisfy(pod -> {
          assertThat(ended(pod).path("reason").asText()).isEqualTo("OOMKilled");
          assertThat(ended(pod).path("exitCode").asInt()).isEqualTo(137);
        });
  }

  @Test
  void job_whosePodIsEvicted_saysSo() {
    test.cluster()
        .faults()
        .add(new Fault.PodProcess("shop", "evicted-*", new ProcessFault.Evict(0), 1));
    job("evicted", "backoffLimit: 0", "sleep 60");
    assertThat(holds(finished("evicted"), "Failed")).isTrue();

    ObjectNode pod = test.client().list(Types.POD, "shop", "job-name=evicted").getFirst();
    assertThat(Fields.text(pod, "status", "reason")).isEqualTo("Evicted");
  }

  private static final String POLICY =
      """
      backoffLimit: 2
      podFailurePolicy:
        rules:
          - action: Ignore
            onPodConditions: [{type: DisruptionTarget}]
          - action: FailJob
            onExitCodes: {containerName: main, operator: In, values: [4, 12]}
      """;

  @Test
  void job_withAnExitCodeThatIsFinal_failsAfterOnePod_andSaysWhy() {
    job("final", POLICY, "exit 4");
    ObjectNode job = finished("final");

    List<ObjectNode> pods = test.client().list(Types.POD, "shop", "job-name=final");
    assertThat(pods).hasSize(1);
    assertThat(Fields.objects(job, "status", "conditions"))
        .extracting(one -> Fields.text(one, "type"))
        .containsExactly("FailureTarget", "Failed");
    assertThat(Fields.objects(job, "status", "conditions"))
        .allSatisfy(one -> {
          assertThat(Fields.text(one, "reason")).isEqualTo("PodFailurePolicy");
          assertThat(Fields.text(one, "message"))
              .isEqualTo(
                  "Container main for pod shop/%s failed with exit code 4 matching FailJob rule at index 1"
                      .formatted(Meta.name(pods.getFirst())));
        });
    assertThat(Fields.at(job, "status", "failed").asInt()).isEqualTo(1);
    assertThat(Fields.text(job, "spec", "podReplacementPolicy")).isEqualTo("Failed");
  }

  @Test
  void job_withAnotherExitCode_isTriedAgainUpToItsLimit() {
    job("passing", POLICY, "exit 1");
    ObjectNode job = finished("passing");

    assertThat(Fields.objects(job, "status", "conditions"))
        .allSatisfy(
            one -> assertThat(Fields.text(one, "reason")).isEqualTo("BackoffLimitExceeded"));
    assertThat(test.client().list(Types.POD, "shop", "job-name=passing")).hasSize(3);
  }

  @Test
  void job_whoseDisruptionsAreIgnored_countsNone() {
    test.cluster()
        .faults()
        .add(new Fault.PodProcess("shop", "disrupted-*", new ProcessFault.Evict(0), 3));
    job("disrupted", POLICY, "sleep 0.3");
    ObjectNode job = finished("disrupted");

    assertThat(holds(job, "Complete")).isTrue();
    assertThat(Fields.has(job, "status", "failed")).isFalse();
    assertThat(test.client().list(Types.POD, "shop", "job-name=disrupted")).hasSize(4);
  }

  @Test
  void job_thatFails_hasFailedOnlyWhenItsPodHasEnded() {
    job("lingering", "activeDeadlineSeconds: 1", "trap 'sleep 1; exit 0' TERM; sleep 60 & wait");
    ObjectNode failing =
        test.await(TestCluster.JOB, "shop", "lingering", one -> holds(one, "FailureTarget"));
    ObjectNode failed = finished("lingering");

    assertThat(holds(failing, "Failed")).isFalse();
    assertThat(holds(failed, "Failed")).isTrue();
    assertThat(test.client().list(Types.POD, "shop", "job-name=lingering")).isEmpty();
  }

  @Test
  void job_beyondItsDeadline_fails() {
    job("slow", "activeDeadlineSeconds: 1", "sleep 60");
    ObjectNode job = finished("slow");

    assertThat(
            Fields.named(Fields.at(job, "status", "conditions"), "type", "Failed")
                .map(one -> Fields.text(one, "reason")))
        .hasValue("DeadlineExceeded");
  }

  @Test
  void finishedJob_beyondItsTimeToLive_goesWithItsPods() {
    job("brief", "ttlSecondsAfterFinished: 0", "true");

    test.awaitGone(TestCluster.JOB, "shop", "brief");
  }
}
