package io.firn.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.MoverJobs.Mount;
import io.firn.cluster.MoverJobs.MoverSpec;
import io.firn.cluster.MoverJobs.RunLabels;
import io.firn.cluster.MoverTemplate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a mover's pod looks like, with and without a template.
class JobManifestTest {
  private static final Mount DEVICE = new Mount.Device("/dev/firn-volume", "disk");
  private static final Mount FOLDER = new Mount.Folder("/firn/volume", "disk", true);
  private static final Mount NODE = new Mount.HostPath("/firn/vault", "/srv/vault");

  @Test
  void device_isOpenedAsTheDisksUser_withNoRightBesides() {
    JsonNode pod = pod(DEVICE, "{}", false);
    assertThat(pod.path("securityContext"))
        .hasToString(
            """
            {"runAsUser":107,"runAsGroup":107,"fsGroup":107,"runAsNonRoot":true,\
            "fsGroupChangePolicy":"OnRootMismatch","seccompProfile":{"type":"RuntimeDefault"}}\
            """);
    assertThat(mover(pod).path("securityContext"))
        .hasToString(
            """
            {"allowPrivilegeEscalation":false,"readOnlyRootFilesystem":true,\
            "capabilities":{"drop":["ALL"]}}\
            """);
  }

  @Test
  void root_isToldByTheFlag_orByATemplate_orNeededByAFolderOfTheNode() {
    ObjectNode nobody = tree("{}");
    for (JsonNode pod :
        List.of(
            new JobManifest(spec(DEVICE, new MoverTemplate(nobody, true)), false).pod(),
            new JobManifest(spec(NODE, new MoverTemplate(nobody, false)), false).pod(),
            new JobManifest(
                    spec(DEVICE, template("{\"spec\":{\"securityContext\":{\"runAsUser\":0}}}")),
                    false)
                .pod())) {
      JsonNode security = pod.at("/spec/securityContext");
      assertThat(security.path("runAsUser").asInt(-1)).isZero();
      assertThat(security.path("runAsNonRoot").asBoolean(true)).isFalse();
      assertThat(security.path("runAsGroup").asInt()).isEqualTo(107);
      assertThat(mover(pod.path("spec")).at("/securityContext/capabilities"))
          .hasToString(
              "{\"drop\":[\"ALL\"],\"add\":[\"CHOWN\",\"DAC_OVERRIDE\",\"FOWNER\",\"FSETID\"]}");
    }
  }

  @Test
  void folderOfTheNode_withAUserInTheTemplate_isThatUsers() {
    JsonNode pod = pod(NODE, "{\"spec\":{\"securityContext\":{\"runAsUser\":1000}}}", false);
    assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(1000);
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(mover(pod).at("/securityContext/capabilities").has("add")).isFalse();
  }

  @Test
  void namespaceWithARange_getsNoFixedUser_andAGroupThatMayRead() {
    JsonNode pod = pod(FOLDER, "{}", true);
    assertThat(pod.path("securityContext"))
        .hasToString(
            """
            {"runAsNonRoot":true,"fsGroupChangePolicy":"OnRootMismatch",\
            "seccompProfile":{"type":"RuntimeDefault"}}\
            """);
    assertThat(pod.at("/volumes/0/persistentVolumeClaim/readOnly").asBoolean(true)).isFalse();
    assertThat(mover(pod).at("/volumeMounts/0/readOnly").asBoolean()).isTrue();
    assertThat(pod(FOLDER, "{}", false).at("/volumes/0/persistentVolumeClaim/readOnly").asBoolean())
        .isTrue();
  }

  @Test
  void namespaceWithARange_andRootTold_isRoot() {
    JsonNode pod =
        new JobManifest(spec(DEVICE, new MoverTemplate(tree("{}"), true)), true).pod().path("spec");
    assertThat(pod.at("/securityContext/runAsUser").asInt(-1)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"768Mi, -Xmx256m, 512Mi", "384Mi, -Xmx128m, 384Mi", "3Gi, -Xmx1024m, 512Mi"})
  void heap_isAThirdOfTheLimit_andTheRequestIsWithinIt(String limit, String heap, String request) {
    JsonNode mover =
        mover(
            pod(
                DEVICE,
                """
                {"spec":{"containers":[{"name":"mover","resources":{"limits":{"memory":"%s"}}}]}}
                """
                    .formatted(limit),
                false));
    assertThat(mover.path("env"))
        .hasToString(
            "[{\"name\":\"FIRN_JAVA_OPTS\",\"value\":\""
                + heap
                + " -Djava.io.tmpdir=/firn/scratch\"}]");
    assertThat(mover.at("/resources/limits/memory").asText()).isEqualTo(limit);
    assertThat(mover.at("/resources/requests/memory").asText()).isEqualTo(request);
    assertThat(mover.at("/resources/requests/cpu").asText()).isEqualTo("250m");
  }

  @Test
  void standard_hasALimit() {
    JsonNode mover = mover(pod(DEVICE, "{}", false));
    assertThat(mover.at("/resources/limits/memory").asText()).isEqualTo("768Mi");
    assertThat(mover.at("/env/0/value").asText()).startsWith("-Xmx256m ");
  }

  @Test
  void readOnlyRoot_hasOneFolderToWriteTo_whichTheRuntimeIsTold() {
    JsonNode pod = pod(DEVICE, "{}", false);
    assertThat(pod.at("/volumes/2"))
        .hasToString("{\"name\":\"scratch\",\"emptyDir\":{\"sizeLimit\":\"64Mi\"}}");
    assertThat(mover(pod).at("/volumeMounts/1"))
        .hasToString("{\"name\":\"scratch\",\"mountPath\":\"/firn/scratch\"}");
    assertThat(mover(pod).at("/env/0/value").asText()).endsWith("-Djava.io.tmpdir=/firn/scratch");
  }

  @Test
  void template_isMergedByName_intoJobAndPod() {
    JsonNode job =
        new JobManifest(
                spec(
                    FOLDER,
                    template(
                        """
                        {"metadata":{"labels":{"team":"a","sidecar.istio.io/inject":"true"}},
                         "spec":{"nodeSelector":{"disk":"fast"},"volumes":[{"name":"tmp","emptyDir":{}}],
                          "containers":[{"name":"mover","image":"firn@sha256:1","env":[{"name":"P","value":"x"}],
                           "volumeMounts":[{"name":"tmp","mountPath":"/tmp"}]}]}}
                        """)),
                false)
            .job();
    JsonNode pod = job.at("/spec/template/spec");
    assertThat(job.at("/metadata/labels/team").asText()).isEqualTo("a");
    assertThat(job.at("/spec/template/metadata/labels/firn.io~1run").asText()).isEqualTo("r1");
    assertThat(job.at("/spec/template/metadata/labels/sidecar.istio.io~1inject").asText())
        .isEqualTo("true");
    assertThat(pod.path("volumes").findValuesAsText("name"))
        .containsExactly("v0", "v1", "scratch", "tmp");
    assertThat(pod.path("containers")).hasSize(1);
    assertThat(mover(pod).path("image").asText()).isEqualTo("firn@sha256:1");
    assertThat(mover(pod).path("args")).hasToString("[\"mover\",\"backup\"]");
    assertThat(mover(pod).path("volumeMounts").findValuesAsText("mountPath"))
        .containsExactly("/firn/volume", "/firn/secret", "/firn/scratch", "/tmp");
    assertThat(mover(pod).path("env").findValuesAsText("name"))
        .containsExactly("P", "FIRN_JAVA_OPTS");
    assertThat(pod.at("/nodeSelector/disk").asText()).isEqualTo("fast");
  }

  private static JsonNode pod(Mount mount, String template, boolean assigned) {
    return new JobManifest(spec(mount, template(template)), assigned).pod().path("spec");
  }

  private static JsonNode mover(JsonNode pod) {
    return pod.path("containers").path(0);
  }

  private static MoverTemplate template(String json) {
    return new MoverTemplate(tree(json), false);
  }

  private static ObjectNode tree(String json) {
    return (ObjectNode) Json.parseOrEmpty(json);
  }

  private static MoverSpec spec(Mount mount, MoverTemplate template) {
    return new MoverSpec(
        "shop",
        "m",
        template,
        List.of("mover", "backup"),
        List.of(mount, new Mount.SecretFiles("/firn/secret", "s")),
        new RunLabels("r1", 99, "host|1|2"),
        1,
        Set.of(4),
        Optional.empty());
  }
}
