package io.firn.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoverTemplateRulesTest {
  @Test
  void whatANamespaceAsksFor_isTaken() {
    assertThat(
            problems(
                """
                {"metadata": {"labels": {"team": "a"}, "annotations": {"sidecar.istio.io/inject": "true"}},
                 "spec": {"nodeSelector": {"a": "b"}, "tolerations": [{"operator": "Exists"}],
                   "affinity": {}, "priorityClassName": "low", "serviceAccountName": "m",
                   "runtimeClassName": "kata", "imagePullSecrets": [{"name": "s"}],
                   "securityContext": {"runAsUser": 1000, "seccompProfile": {"type": "Localhost"}},
                   "initContainers": [{"name": "proxy", "restartPolicy": "Always"}],
                   "volumes": [{"name": "tmp", "emptyDir": {}}],
                   "containers": [{"name": "mover", "image": "firn@sha256:1", "imagePullPolicy": "Always",
                     "env": [{"name": "HTTPS_PROXY", "value": "http://p"}],
                     "volumeMounts": [{"name": "tmp", "mountPath": "/tmp"}],
                     "resources": {"limits": {"memory": "1Gi", "cpu": "2"}}}]}}
                """))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          {"kind": {}}                                               | kind
          {"metadata": {"name": "x"}}                                | metadata.name
          {"metadata": {"labels": {"firn.io/run": "x"}}}             | metadata.labels[firn.io/run]
          {"metadata": {"labels": {"job-name": "x"}}}                | metadata.labels[job-name]
          {"metadata": {"annotations": {"a": 1}}}                    | metadata.annotations[a]
          {"spec": {"restartPolicy": "Always"}}                      | spec.restartPolicy
          {"spec": {"volumes": [{"name": "v0"}]}}                    | spec.volumes[v0]
          {"spec": {"containers": [{"name": "other"}]}}              | spec.containers[other]
          {"spec": {"containers": [{"image": "x"}]}}                 | spec.containers[]
          {"spec": {"$patch": "replace"}}                            | spec.$patch
          {"spec": {"initContainers": [{"name": "i", "volumeMounts": [{"mountPath": "/firn/"}]}]}} | spec.initContainers.mountPath /firn/
          """)
  void whatIsFirnsOwn_isRefusedByItsName(String template, String field) {
    assertThat(problems(template)).singleElement().asString().startsWith(field + ": ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          "command": ["sh"]                                     | command
          "args": []                                            | args
          "terminationMessagePath": "/x"                        | terminationMessagePath
          "terminationMessagePolicy": "File"                    | terminationMessagePolicy
          "env": [{"name": "FIRN_JAVA_OPTS", "value": "-Xmx1g"}] | env[FIRN_JAVA_OPTS]
          "resources": {"limits": {"memory": "300Mi"}}          | resources.limits.memory
          "resources": {"limits": {"memory": "much"}}           | resources.limits.memory
          "resources": {"limits": {"memory": null}}             | resources.limits.memory
          """)
  void whatIsFirnsOwnOfTheMover_isRefusedByItsName(String field, String name) {
    assertThat(
            problems("{\"spec\": {\"containers\": [{\"name\": \"mover\", %s}]}}".formatted(field)))
        .singleElement()
        .asString()
        .startsWith("spec.containers[mover]." + name + ": ");
  }

  @ParameterizedTest
  @CsvSource({"/", "/firn", "/firn/volume/sub", "/dev", "/dev/firn-volume", "/dev/termination-log"})
  void placesOfTheMover_areRefused(String path) {
    assertThat(mounted(path)).singleElement().asString().contains(path);
  }

  @ParameterizedTest
  @CsvSource({"/tmp", "/firnament", "/dev/shm", "/etc/ssl"})
  void otherPlaces_areTaken(String path) {
    assertThat(mounted(path)).isEmpty();
  }

  private static List<String> mounted(String path) {
    return problems(
        """
        {"spec": {"containers": [{"name": "mover", "volumeMounts": [{"name": "x", "mountPath": "%s"}]}]}}
        """
            .formatted(path));
  }

  private static List<String> problems(String template) {
    try {
      return MoverTemplateRules.problems((ObjectNode) new JsonMapper().readTree(template));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
