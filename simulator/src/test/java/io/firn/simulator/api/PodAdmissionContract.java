package io.firn.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a namespace's rules say of pods, and when: pod security, limits, quota.
abstract class PodAdmissionContract extends ApiServerContract {
  private static final String HARDENED_POD =
      "\"securityContext\": {\"runAsNonRoot\": true, \"seccompProfile\": {\"type\":"
          + " \"RuntimeDefault\"}}";
  private static final String HARDENED =
      "\"securityContext\": {\"allowPrivilegeEscalation\": false, \"capabilities\": {\"drop\":"
          + " [\"ALL\"]}}";

  PodAdmissionContract(Supplier<Path> kubeconfig) {
    super(kubeconfig);
  }

  @Test
  void restricted_plainPod_isRefusedWithEveryReason() throws Exception {
    label("enforce", "restricted");
    assertThat(refusal(pod("", "")))
        .isEqualTo(
            "pods \"p\" is forbidden: violates PodSecurity \"restricted:latest\":"
                + " allowPrivilegeEscalation != false (container \"c\" must set"
                + " securityContext.allowPrivilegeEscalation=false), unrestricted capabilities"
                + " (container \"c\" must set securityContext.capabilities.drop=[\"ALL\"]),"
                + " runAsNonRoot != true (pod or container \"c\" must set"
                + " securityContext.runAsNonRoot=true), seccompProfile (pod or container \"c\" must"
                + " set securityContext.seccompProfile.type to \"RuntimeDefault\" or"
                + " \"Localhost\")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          "hostNetwork": true | | host namespaces (hostNetwork=true)
          "volumes": [{"name": "v", "hostPath": {"path": "/srv"}}] | | hostPath volumes (volume "v")
          | "securityContext": {"privileged": true} | privileged (container "c" must not set securityContext.privileged=true)
          | "securityContext": {"capabilities": {"add": ["SYS_ADMIN", "NET_RAW"]}} | non-default capabilities (container "c" must not include "NET_RAW", "SYS_ADMIN" in securityContext.capabilities.add)
          | "ports": [{"containerPort": 80, "hostPort": 80}] | hostPort (container "c" uses hostPort 80)
          | "securityContext": {"seccompProfile": {"type": "Unconfined"}} | seccompProfile (container "c" must not set securityContext.seccompProfile.type to "Unconfined")
          """)
  void baseline_refuses(String ofPod, String ofContainer, String reason) throws Exception {
    label("enforce", "baseline");
    assertThat(refusal(pod(text(ofPod), text(ofContainer))))
        .isEqualTo("pods \"p\" is forbidden: violates PodSecurity \"baseline:latest\": " + reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          "runAsNonRoot": false, "runAsUser": 0, "seccompProfile": {"type": "RuntimeDefault"} | | runAsNonRoot != true (pod must not set securityContext.runAsNonRoot=false), runAsUser=0 (pod must not set runAsUser=0)
          "runAsNonRoot": true, "seccompProfile": {"type": "RuntimeDefault"} | "volumes": [{"name": "v", "nfs": {"server": "s", "path": "/"}}] | restricted volume types (volume "v" uses restricted volume type "nfs")
          """)
  void restricted_refuses(String security, String ofPod, String reason) throws Exception {
    label("enforce", "restricted");
    String more = "\"securityContext\": {" + security + "}" + more(ofPod);
    assertThat(refusal(pod(more, HARDENED)))
        .isEqualTo(
            "pods \"p\" is forbidden: violates PodSecurity \"restricted:latest\": " + reason);
  }

  @Test
  void restricted_hardenedPod_isTaken_andNothingIsSaid() throws Exception {
    label("enforce", "restricted");
    RawClient.Answer made = raw.post(core("pods"), pod(HARDENED_POD, HARDENED));
    assertThat(made.status()).as(made.message()).isEqualTo(201);
    assertThat(made.warnings()).isEmpty();
  }

  /// The Job is taken: its pods are looked at when they are made.
  @Test
  void restricted_jobOfAPlainPod_isTakenWithAWarning() throws Exception {
    label("enforce", "restricted");
    RawClient.Answer made = raw.post(jobs("?dryRun=All"), job());
    assertThat(made.status()).as(made.message()).isEqualTo(201);
    assertThat(made.warnings())
        .singleElement()
        .asString()
        .startsWith("299 - \"would violate PodSecurity \\\"restricted:latest\\\": allow");
  }

  @Test
  void warnedOnly_plainPod_isTakenWithAWarning_andJobsToo() throws Exception {
    label("warn", "baseline");
    String pod = pod("\"hostNetwork\": true", "");
    RawClient.Answer made = raw.post(core("pods") + "?dryRun=All", pod);
    assertThat(made.status()).as(made.message()).isEqualTo(201);
    assertThat(made.warnings())
        .containsExactly(
            "299 - \"would violate PodSecurity \\\"baseline:latest\\\": host namespaces"
                + " (hostNetwork=true)\"");
  }

  @Test
  void enforcedButPrivilegedWarned_jobOfAPlainPod_isTakenSilently() throws Exception {
    label("enforce", "restricted");
    label("warn", "privileged");
    RawClient.Answer made = raw.post(jobs("?dryRun=All"), job());
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.warnings()).isEmpty();
  }

  @Test
  void levelThatDoesNotExist_isInvalid() throws Exception {
    RawClient.Answer made =
        raw.post(
            "/api/v1/namespaces?dryRun=All",
            """
            {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "contract-level",
             "labels": {"pod-security.kubernetes.io/enforce": "strict"}}}
            """);
    assertThat(made.status()).isEqualTo(422);
    assertThat(made.message())
        .isEqualTo(
            "Namespace \"contract-level\" is invalid:"
                + " metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: \"strict\":"
                + " must be one of privileged, baseline, restricted");
  }

  @Test
  void limitRange_completesPods_andRefusesWhatIsBeyond() throws Exception {
    range(
        """
        {"type": "Container", "default": {"memory": "300Mi"}, "defaultRequest": {"memory": "200Mi"},
         "max": {"memory": "512Mi"}, "min": {"memory": "100Mi"}}
        """);
    await(
        "the limits hold",
        () -> {
          JsonNode made = raw.post(core("pods") + "?dryRun=All", pod("", "")).body();
          return made.at("/spec/containers/0/resources/limits/memory").asText().equals("300Mi")
              && made.at("/spec/containers/0/resources/requests/memory").asText().equals("200Mi")
              && made.at("/metadata/annotations/kubernetes.io~1limit-ranger")
                  .asText()
                  .equals(
                      "LimitRanger plugin set: memory request for container c; memory limit for"
                          + " container c");
        });
    assertThat(refusal(pod("", memory("\"limits\"", "768Mi"))))
        .isEqualTo(
            "pods \"p\" is forbidden: maximum memory usage per Container is 512Mi, but limit is"
                + " 768Mi");
    assertThat(refusal(pod("", memory("\"requests\"", "50Mi"))))
        .isEqualTo(
            "pods \"p\" is forbidden: minimum memory usage per Container is 100Mi, but request is"
                + " 50Mi");
  }

  @Test
  void limitRange_ofClaims_isKept() throws Exception {
    range("{\"type\": \"PersistentVolumeClaim\", \"max\": {\"storage\": \"5Gi\"}}");
    String claim =
        """
        {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "data"},
         "spec": {"accessModes": ["ReadWriteOnce"], "storageClassName": "none",
                  "resources": {"requests": {"storage": "10Gi"}}}}
        """;
    await(
        "the limit holds",
        () ->
            raw.post(core("persistentvolumeclaims") + "?dryRun=All", claim)
                .message()
                .equals(
                    "persistentvolumeclaims \"data\" is forbidden: maximum storage usage per"
                        + " PersistentVolumeClaim is 5Gi, but request is 10Gi"));
  }

  @Test
  void quota_ofPodsAndMemory_isKept_andCounted() throws Exception {
    quota("\"pods\": \"1\", \"limits.memory\": \"1Gi\"");
    await(
        "the quota counts",
        () ->
            raw.get(core("resourcequotas/small"))
                .body()
                .at("/status/used/pods")
                .asText()
                .equals("0"));
    assertThat(refusal(pod("", "")))
        .isEqualTo(
            "pods \"p\" is forbidden: failed quota: small: must specify limits.memory for: c");
    String large = pod("", memory("\"limits\"", "2Gi"));
    assertThat(refusal(large))
        .isEqualTo(
            "pods \"p\" is forbidden: exceeded quota: small, requested: limits.memory=2Gi, used:"
                + " limits.memory=0, limited: limits.memory=1Gi");
    String small = pod("", memory("\"limits\"", "512Mi"));
    assertThat(raw.post(core("pods"), small).status()).isEqualTo(201);
    await(
        "the quota has counted the pod",
        () ->
            raw.get(core("resourcequotas/small"))
                .body()
                .at("/status/used/limits.memory")
                .asText()
                .equals("512Mi"));
    assertThat(refusal(small.replace("\"p\"", "\"q\"")))
        .isEqualTo(
            "pods \"q\" is forbidden: exceeded quota: small, requested: pods=1, used: pods=1,"
                + " limited: pods=1");
  }

  private void label(String mode, String level) throws Exception {
    RawClient.Answer labelled =
        raw.patch(
            "/api/v1/namespaces/" + namespace,
            "merge-patch+json",
            "{\"metadata\": {\"labels\": {\"pod-security.kubernetes.io/%s\": \"%s\"}}}"
                .formatted(mode, level));
    assertThat(labelled.status()).isEqualTo(200);
    await("the service account", () -> raw.get(core("serviceaccounts/default")).status() == 200);
  }

  private void range(String limit) throws Exception {
    await("the service account", () -> raw.get(core("serviceaccounts/default")).status() == 200);
    raw.post(
        core("limitranges"),
        """
        {"apiVersion": "v1", "kind": "LimitRange", "metadata": {"name": "bounds"},
         "spec": {"limits": [%s]}}
        """
            .formatted(limit));
  }

  private void quota(String hard) throws Exception {
    await("the service account", () -> raw.get(core("serviceaccounts/default")).status() == 200);
    raw.post(
        core("resourcequotas"),
        """
        {"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "small"},
         "spec": {"hard": {%s}}}
        """
            .formatted(hard));
  }

  /// In the words of the server, which answers by a dry-run as otherwise.
  private String refusal(String pod) throws Exception {
    String[] message = {""};
    await(
        "a refusal",
        () -> {
          RawClient.Answer answer = raw.post(core("pods") + "?dryRun=All", pod);
          message[0] = answer.message();
          return answer.status() == 403;
        });
    return message[0];
  }

  private String jobs(String query) {
    return "/apis/batch/v1/namespaces/" + namespace + "/jobs" + query;
  }

  private static String job() {
    return """
    {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "j"},
     "spec": {"template": {"spec": {"restartPolicy": "Never",
       "containers": [{"name": "c", "image": "none"}]}}}}
    """;
  }

  private static String pod(String ofPod, String ofContainer) {
    return """
    {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"},
     "spec": {"containers": [{"name": "c", "image": "none"%s}]%s}}
    """
        .formatted(more(ofContainer), more(ofPod));
  }

  private static String memory(String sort, String amount) {
    return "\"resources\": {%s: {\"memory\": \"%s\"}}".formatted(sort, amount);
  }

  private static String more(String fields) {
    String text = text(fields);
    return text.isEmpty() ? "" : ", " + text;
  }

  private static String text(String column) {
    return column == null ? "" : column;
  }
}
