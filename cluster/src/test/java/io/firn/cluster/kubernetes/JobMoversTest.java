package io.firn.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.ClusterException;
import io.firn.cluster.MoverJobs;
import io.firn.cluster.MoverJobs.Mount;
import io.firn.cluster.MoverJobs.MoverSpec;
import io.firn.cluster.MoverJobs.RunLabels;
import io.firn.cluster.MoverJobs.State;
import io.firn.cluster.MoverTemplate;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.simulator.world.InEveryWorld;
import io.firn.simulator.world.Need;
import io.firn.simulator.world.Needs;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Movers on a server without a kubelet: the test plays it.
@InEveryWorld
@Needs(Need.NO_CONTROLLERS)
class JobMoversTest {
  private SimulatedApi api;
  private MoverJobs movers;

  @BeforeEach
  void start(@TempDir Path directory) {
    api = new SimulatedApi(directory);
    api.makeNamespace("shop");
    movers = api.admin().moverJobs();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void start_device_makesOnePodJobWithoutApiToken() {
    ObjectRef ref = movers.start(spec(new Mount.Device("/dev/v", "root"), 2));
    JsonNode job = api.admin().objects().get(ref).orElseThrow();
    JsonNode pod = job.path("spec").path("template").path("spec");
    JsonNode container = pod.path("containers").path(0);
    assertThat(job.path("spec").path("backoffLimit").asInt()).isEqualTo(2);
    assertThat(pod.path("restartPolicy").asText()).isEqualTo("Never");
    assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
    assertThat(pod.path("securityContext").path("runAsUser").asInt()).isEqualTo(107);
    assertThat(pod.path("securityContext").path("fsGroup").asInt()).isEqualTo(107);
    assertThat(container.path("volumeDevices").path(0).path("devicePath").asText())
        .isEqualTo("/dev/v");
    assertThat(container.path("args").path(0).asText()).isEqualTo("mover");
    assertThat(job.path("metadata").path("labels").path("firn.io/run").asText()).isEqualTo("r1");
    assertThat(job.path("metadata").path("annotations").path("firn.io/expires").asText())
        .isEqualTo("99");
  }

  @Test
  void start_anyMover_endsAtOnceWithAFinalExitCodeAndCountsNoDisruption() {
    JsonNode rules =
        api.admin()
            .objects()
            .get(movers.start(spec()))
            .orElseThrow()
            .at("/spec/podFailurePolicy/rules");
    assertThat(rules)
        .hasToString(
            """
            [{"action":"Ignore","onPodConditions":[{"type":"DisruptionTarget","status":"True"}]},\
            {"action":"FailJob","onExitCodes":{"containerName":"mover","operator":"In","values":[4,12]}}]\
            """);
  }

  @Test
  void state_endedByItsFailurePolicy_hasTheMoversOwnWords() {
    ObjectRef job = movers.start(spec());
    pod(
        "p1",
        container("terminated").put("reason", "Error").put("exitCode", 4).put("message", "{}"));
    end(job, "FailureTarget", "PodFailurePolicy");
    assertThat(movers.state(job)).isEqualTo(new State.Running());
    end(job, "Failed", "PodFailurePolicy");
    assertThat(movers.state(job)).isEqualTo(new State.Failed("Error", 4, Optional.of("{}")));
  }

  @Test
  void start_foldersOnly_runsAsTheDiskOwner() {
    ObjectRef ref = movers.start(spec(new Mount.Folder("/data", "root", false), 0));
    JsonNode security =
        api.admin().objects().get(ref).orElseThrow().at("/spec/template/spec/securityContext");
    assertThat(security.path("runAsUser").asInt()).isEqualTo(107);
    assertThat(security.path("runAsNonRoot").asBoolean()).isTrue();
  }

  @Test
  void state_noPod_isWaiting() {
    assertThat(movers.state(movers.start(spec()))).isEqualTo(new State.Waiting(""));
  }

  @Test
  void state_podWaitsForImage_saysSo() {
    ObjectRef job = movers.start(spec());
    pod("p1", container("waiting").put("reason", "ImagePullBackOff").put("message", "no firn"));
    assertThat(movers.state(job)).isEqualTo(new State.Waiting("ImagePullBackOff: no firn"));
  }

  @Test
  void state_running_isRunning() {
    ObjectRef job = movers.start(spec());
    pod("p1", container("running"));
    assertThat(movers.state(job)).isEqualTo(new State.Running());
  }

  @Test
  void state_failedPodBeforeTheJobGivesUp_isRunning() {
    ObjectRef job = movers.start(spec());
    pod("p1", container("terminated").put("reason", "Error").put("exitCode", 1));
    assertThat(movers.state(job)).isEqualTo(new State.Running());
  }

  @Test
  void state_complete_hasTheTerminationMessage() {
    ObjectRef job = movers.start(spec());
    pod("p1", container("terminated").put("exitCode", 0).put("message", "{\"size\":1}\n"));
    end(job, "Complete");
    assertThat(movers.state(job)).isEqualTo(new State.Succeeded("{\"size\":1}"));
  }

  @Test
  void state_evictedPodReplacedInTheSameSecond_resultOfTheReplacementIsRead() {
    ObjectRef job = movers.start(spec());
    pod("p2-evicted", container("terminated").put("exitCode", 143));
    phase("p2-evicted", "Failed");
    pod("p1-replacement", container("running"));
    phase("p1-replacement", "Running");
    assertThat(movers.state(job)).isEqualTo(new State.Running());
    pod("p0-second-replacement", container("terminated").put("exitCode", 0).put("message", "{}"));
    phase("p0-second-replacement", "Succeeded");
    end(job, "Complete");
    assertThat(movers.state(job)).isEqualTo(new State.Succeeded("{}"));
  }

  @Test
  void state_outOfMemory_saysSo() {
    ObjectRef job = movers.start(spec());
    pod("p1", container("terminated").put("reason", "OOMKilled").put("exitCode", 137));
    end(job, "Failed");
    assertThat(movers.state(job)).isEqualTo(new State.Failed("OOMKilled", 137, Optional.empty()));
  }

  @Test
  void state_evicted_saysSo() {
    ObjectRef job = movers.start(spec());
    ObjectNode patch = container("terminated");
    pod("p1", patch.put("reason", "Error").put("exitCode", 143).put("message", "half"));
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.putObject("status").put("reason", "Evicted").put("phase", "Failed");
    api.admin().objects().mergePatch(ObjectRef.of(Kinds.POD, "shop", "p1"), status, true);
    end(job, "Failed");
    assertThat(movers.state(job)).isEqualTo(new State.Failed("Evicted", 143, Optional.of("half")));
  }

  @Test
  void state_jobDeleted_isNotFound() {
    ObjectRef job = movers.start(spec());
    movers.delete(job);
    movers.delete(job);
    assertThatThrownBy(() -> movers.state(job))
        .isInstanceOfSatisfying(
            ClusterException.class,
            e -> assertThat(e.code()).isEqualTo(ClusterException.Code.NOT_FOUND));
  }

  @Test
  void log_newestPod_isRead() {
    api.server()
        .podLogs((namespace, pod, container) -> Optional.of("log of " + pod + "/" + container));
    ObjectRef job = movers.start(spec());
    assertThat(movers.log(job)).isEmpty();
    pod("p1", container("running"));
    assertThat(movers.log(job)).isEqualTo("log of p1/mover");
  }

  private void pod(String name, ObjectNode state) {
    ObjectNode pod = JsonNodeFactory.instance.objectNode();
    pod.put("apiVersion", "v1").put("kind", "Pod");
    ObjectNode metadata = pod.putObject("metadata").put("name", name).put("namespace", "shop");
    metadata.putObject("labels").put("firn.io/mover", "m");
    pod.putObject("spec").putArray("containers").addObject().put("name", "mover").put("image", "i");
    api.admin().objects().create(pod, false);
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    ObjectNode entry = status.putObject("status").putArray("containerStatuses").addObject();
    entry.put("name", "mover").put("image", "i").put("imageID", "").put("ready", false);
    entry.put("restartCount", 0);
    String word = state.remove("state").asText();
    entry.putObject("state").set(word, state);
    api.admin().objects().mergePatch(ObjectRef.of(Kinds.POD, "shop", name), status, true);
  }

  private void phase(String pod, String phase) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.putObject("status").put("phase", phase);
    api.admin().objects().mergePatch(ObjectRef.of(Kinds.POD, "shop", pod), status, true);
  }

  private void end(ObjectRef job, String condition) {
    end(job, condition, "BackoffLimitExceeded");
  }

  private void end(ObjectRef job, String condition, String reason) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status
        .putObject("status")
        .putArray("conditions")
        .addObject()
        .put("type", condition)
        .put("status", "True")
        .put("reason", reason);
    api.admin().objects().mergePatch(job, status, true);
  }

  private static ObjectNode container(String state) {
    return JsonNodeFactory.instance.objectNode().put("state", state);
  }

  private static MoverSpec spec() {
    return spec(new Mount.Folder("/data", "root", true), 1);
  }

  private static MoverSpec spec(Mount mount, int retries) {
    return spec(mount, retries, MoverTemplate.STANDARD);
  }

  private static MoverSpec spec(Mount mount, int retries, MoverTemplate template) {
    return new MoverSpec(
        "shop",
        "m",
        template,
        List.of("mover", "backup"),
        List.of(mount, new Mount.SecretFiles("/secret", "s")),
        new RunLabels("r1", 99, "host|1|2"),
        retries,
        Set.of(12, 4),
        Optional.of("mover"));
  }
}
