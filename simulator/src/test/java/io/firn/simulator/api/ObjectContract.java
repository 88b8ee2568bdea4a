package io.firn.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Creating, reading and replacing objects, and the words of refusals.
abstract class ObjectContract extends ApiServerContract {
  ObjectContract(Supplier<Path> kubeconfig) {
    super(kubeconfig);
  }

  @Test
  void generateName_addsFiveCharactersOfTheAlphabet() {
    assertThat(namespace).matches("contract-[bcdfghjklmnpqrstvwxz2456789]{5}");
  }

  @Test
  void create_stampsIdentity() throws Exception {
    RawClient.Answer made = raw.post(core("configmaps"), configMap("a", ""));

    JsonNode meta = made.body().path("metadata");
    assertThat(made.status()).isEqualTo(201);
    assertThat(meta.path("uid").asText()).hasSize(36);
    assertThat(meta.path("creationTimestamp").asText()).matches("\\d{4}-.*T\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(meta.path("resourceVersion").asLong()).isPositive();
    assertThat(meta.path("namespace").asText()).isEqualTo(namespace);
  }

  @Test
  void create_nameTaken_conflicts() throws Exception {
    raw.post(core("configmaps"), configMap("a", ""));
    RawClient.Answer again = raw.post(core("configmaps"), configMap("a", ""));

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.reason()).isEqualTo("AlreadyExists");
    assertThat(again.message()).isEqualTo("configmaps \"a\" already exists");
    assertThat(again.body().path("details").path("kind").asText()).isEqualTo("configmaps");
  }

  @Test
  void create_withRevision_isRefused() throws Exception {
    String body =
        """
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "resourceVersion": "7"}}
        """;
    RawClient.Answer answer = raw.post(core("configmaps"), body);

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.message())
        .isEqualTo("resourceVersion should not be set on objects to be created");
  }

  @Test
  void create_namespaceAbsent_isNotFound() throws Exception {
    RawClient.Answer answer =
        raw.post("/api/v1/namespaces/no-such-place/configmaps", configMap("a", ""));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.message()).isEqualTo("namespaces \"no-such-place\" not found");
  }

  @Test
  void create_otherNamespaceInBody_isBadRequest() throws Exception {
    String body =
        """
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "namespace": "default"}}
        """;
    RawClient.Answer answer = raw.post(core("configmaps"), body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message())
        .isEqualTo(
            "the namespace of the provided object does not match the namespace sent on the"
                + " request");
  }

  @Test
  void create_badName_isInvalid() throws Exception {
    RawClient.Answer answer = raw.post(core("configmaps"), configMap("Not_A_Name", ""));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.message())
        .startsWith("ConfigMap \"Not_A_Name\" is invalid: metadata.name: Invalid value:");
    assertThat(answer.body().path("details").path("causes").get(0).path("field").asText())
        .isEqualTo("metadata.name");
  }

  @Test
  void create_nameOf253Characters_isTaken_of254_isRefused() throws Exception {
    String longest = "a".repeat(253);
    assertThat(raw.post(core("configmaps"), configMap(longest, "")).status()).isEqualTo(201);
    assertThat(raw.get(core("configmaps/" + longest)).status()).isEqualTo(200);
    assertThat(raw.post(core("configmaps"), configMap(longest + "a", "")).status()).isEqualTo(422);
  }

  @Test
  void create_dryRun_storesNothing() throws Exception {
    RawClient.Answer answer = raw.post(core("configmaps") + "?dryRun=All", configMap("a", ""));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body().path("metadata").path("uid").asText()).isNotEmpty();
    assertThat(raw.get(core("configmaps/a")).status()).isEqualTo(404);
  }

  @Test
  void create_unknownField_strict_isBadRequest() throws Exception {
    RawClient.Answer answer =
        raw.post(core("configmaps") + "?fieldValidation=Strict", configMap("a", ", \"bogus\": 1"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message()).contains("strict decoding error: unknown field \"bogus\"");
  }

  @Test
  void create_unknownField_warns() throws Exception {
    RawClient.Answer answer = raw.post(core("configmaps"), configMap("a", ", \"bogus\": 1"));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.warnings()).anyMatch(w -> w.contains("unknown field \\\"bogus\\\""));
    assertThat(answer.body().has("bogus")).isFalse();
  }

  @Test
  void create_wrongType_isBadRequest() throws Exception {
    RawClient.Answer answer =
        raw.post(core("configmaps"), configMap("a", ", \"immutable\": \"perhaps\""));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message())
        .startsWith("ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json:");
  }

  @Test
  void create_nullField_isLeftOpen() throws Exception {
    RawClient.Answer answer =
        raw.post(
            core("configmaps?fieldValidation=Strict"),
            configMap("a", ", \"immutable\": null, \"data\": {\"x\": \"1\"}"));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body().has("immutable")).isFalse();
  }

  @Test
  void create_unknownMetadata_isRefused() throws Exception {
    RawClient.Answer answer =
        raw.post(
            core("configmaps?fieldValidation=Strict"),
            """
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "bogus": "x"}}
            """);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message()).contains("unknown field \"metadata.bogus\"");
  }

  @Test
  void create_kindLeftOut_isTakenFromThePath() throws Exception {
    RawClient.Answer made = raw.post(core("configmaps"), "{\"metadata\": {\"name\": \"a\"}}");

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.body().path("kind").asText()).isEqualTo("ConfigMap");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'finalizers': ['mine']                  | metadata.finalizers[0]          | FieldValueInvalid
          'labels': {'k': 'no good'}              | metadata.labels                 | FieldValueInvalid
          'ownerReferences': [{'apiVersion': 'v1', 'kind': 'Pod', 'name': 'p'}] \
                                                  | metadata.ownerReferences[0].uid | FieldValueRequired
          """)
  void create_badMetadata_namesTheField(String metadata, String field, String reason)
      throws Exception {
    RawClient.Answer answer =
        raw.post(
            core("configmaps"),
            "{\"metadata\": {\"name\": \"a\", %s}}".formatted(metadata.replace('\'', '"')));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().at("/details/causes/0/field").asText()).isEqualTo(field);
    assertThat(answer.body().at("/details/causes/0/reason").asText()).isEqualTo(reason);
  }

  @Test
  void create_annotationsOf256KiB_areTaken_aByteMore_isTooLong() throws Exception {
    String most = "x".repeat(256 * 1024 - 1);
    RawClient.Answer refused = raw.post(core("configmaps"), annotated(most + "x"));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.message())
        .isEqualTo(
            "ConfigMap \"a\" is invalid: metadata.annotations: Too long: may not be more than"
                + " 262144 bytes");
    assertThat(raw.post(core("configmaps"), annotated(most)).status()).isEqualTo(201);
  }

  private static String annotated(String value) {
    return "{\"metadata\": {\"name\": \"a\", \"annotations\": {\"k\": \"" + value + "\"}}}";
  }

  @Test
  void get_absent_isNotFound() throws Exception {
    RawClient.Answer answer = raw.get(core("secrets/nope"));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body().path("kind").asText()).isEqualTo("Status");
    assertThat(answer.message()).isEqualTo("secrets \"nope\" not found");
    assertThat(answer.body().path("details").path("name").asText()).isEqualTo("nope");
  }

  @Test
  void get_unknownPath_isNotFound() throws Exception {
    RawClient.Answer noGroup = raw.get("/apis/nobody.example.com/v1/things");
    RawClient.Answer noVersion = raw.get("/apis/apps/v9");

    assertThat(noGroup.status()).isEqualTo(404);
    assertThat(noGroup.body().asText()).isEqualTo("404 page not found\n");
    assertThat(noVersion.message()).isEqualTo("the server could not find the requested resource");
  }

  @Test
  void update_sameContent_keepsRevision() throws Exception {
    JsonNode made = raw.post(core("configmaps"), configMap("a", "")).body();
    JsonNode again = raw.put(core("configmaps/a"), made).body();

    assertThat(again.at("/metadata/resourceVersion"))
        .isEqualTo(made.at("/metadata/resourceVersion"));
  }

  @Test
  void update_staleRevision_conflicts() throws Exception {
    JsonNode made = raw.post(core("configmaps"), configMap("a", "")).body();
    raw.patch(core("configmaps/a"), "merge-patch+json", "{\"data\": {\"x\": \"1\"}}");
    RawClient.Answer answer = raw.put(core("configmaps/a"), made);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.reason()).isEqualTo("Conflict");
    assertThat(answer.message())
        .isEqualTo(
            "Operation cannot be fulfilled on configmaps \"a\": the object has been modified;"
                + " please apply your changes to the latest version and try again");
  }

  @Test
  void update_keepsUidAndCreation() throws Exception {
    ObjectNode made = (ObjectNode) raw.post(core("configmaps"), configMap("a", "")).body();
    JsonNode before = made.path("metadata").deepCopy();
    made.putObject("data").put("x", "1");
    ((ObjectNode) made.path("metadata")).put("creationTimestamp", "2001-01-01T00:00:00Z");
    JsonNode after = raw.put(core("configmaps/a"), made).body().path("metadata");

    assertThat(after.path("uid")).isEqualTo(before.path("uid"));
    assertThat(after.path("creationTimestamp")).isEqualTo(before.path("creationTimestamp"));
    assertThat(after.path("resourceVersion")).isNotEqualTo(before.path("resourceVersion"));
  }

  @Test
  void pod_statusAndSpec_areWrittenApart() throws Exception {
    ObjectNode pod =
        (ObjectNode)
            raw.post(
                    core("pods"),
                    """
                    {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"},
                     "spec": {"containers": [{"name": "c", "image": "none.invalid/x"}],
                              "schedulerName": "nobody"},
                     "status": {"phase": "Running"}}
                    """)
                .body();
    assertThat(pod.at("/status/phase").asText()).isEqualTo("Pending");

    JsonNode viaMain =
        raw.patch(core("pods/p"), "merge-patch+json", "{\"status\": {\"phase\": \"Failed\"}}")
            .body();
    assertThat(viaMain.at("/status/phase").asText()).isEqualTo("Pending");

    JsonNode viaStatus =
        raw.patch(
                core("pods/p/status"), "merge-patch+json", "{\"status\": {\"phase\": \"Failed\"}}")
            .body();
    assertThat(viaStatus.at("/status/phase").asText()).isEqualTo("Failed");
  }

  @Test
  void secret_stringData_becomesData() throws Exception {
    JsonNode made =
        raw.post(
                core("secrets"),
                """
                {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"},
                 "stringData": {"k": "värde"}}
                """)
            .body();

    assertThat(made.at("/data/k").asText()).isEqualTo("dsOkcmRl");
    assertThat(made.path("type").asText()).isEqualTo("Opaque");
    assertThat(made.has("stringData")).isFalse();
  }

  @Test
  void secret_notBase64_isBadRequest() throws Exception {
    RawClient.Answer answer =
        raw.post(core("secrets"), "{\"metadata\": {\"name\": \"s\"}, \"data\": {\"k\": \"no!\"}}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message())
        .isEqualTo(
            "Secret in version \"v1\" cannot be handled as a Secret: illegal base64 data at input"
                + " byte 2");
  }

  @Test
  void job_thatRestartsAlways_isInvalid() throws Exception {
    RawClient.Answer answer =
        raw.post(
            "/apis/batch/v1/namespaces/" + namespace + "/jobs",
            """
            {"metadata": {"name": "j"},
             "spec": {"template": {"spec": {"containers": [{"name": "c", "image": "i"}]}}}}
            """);

    assertThat(answer.message())
        .isEqualTo(
            "Job.batch \"j\" is invalid: spec.template.spec.restartPolicy: Required value: valid"
                + " values: \"OnFailure\", \"Never\"");
  }

  @Test
  void role_ruleWithoutVerbs_isInvalid() throws Exception {
    RawClient.Answer answer =
        raw.post(
            "/apis/rbac.authorization.k8s.io/v1/namespaces/" + namespace + "/roles",
            """
            {"metadata": {"name": "r"},
             "rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": []}]}
            """);

    assertThat(answer.message())
        .isEqualTo(
            "Role.rbac.authorization.k8s.io \"r\" is invalid: rules[0].verbs: Required value");
  }

  @Test
  void namespace_hasServiceAccountAndCertificate() throws Exception {
    await(
        "service account and certificate",
        () ->
            raw.get(core("serviceaccounts/default")).status() == 200
                && raw.get(core("configmaps/kube-root-ca.crt")).status() == 200);
  }

  @Test
  void quota_exceeded_isForbidden() throws Exception {
    raw.post(
        core("resourcequotas"),
        """
        {"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "small"},
         "spec": {"hard": {"requests.storage": "5Gi"}}}
        """);
    await(
        "the quota refuses",
        () -> {
          RawClient.Answer answer = raw.post(core("persistentvolumeclaims"), claim("10Gi"));
          return answer.status() == 403
              && answer
                  .message()
                  .startsWith(
                      "persistentvolumeclaims \"data\" is forbidden: exceeded quota: small,"
                          + " requested: requests.storage=10Gi");
        });
    assertThat(raw.post(core("persistentvolumeclaims"), claim("4Gi")).status()).isEqualTo(201);
  }

  private static String claim(String size) {
    return """
    {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "data"},
     "spec": {"accessModes": ["ReadWriteOnce"], "storageClassName": "none",
              "resources": {"requests": {"storage": "%s"}}}}
    """
        .formatted(size);
  }
}
