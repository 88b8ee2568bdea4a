package io.firn.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// The four kinds of patches.
abstract class PatchContract extends ApiServerContract {
  private static final String APPLY = "apply-patch+yaml";

  PatchContract(Supplier<Path> kubeconfig) {
    super(kubeconfig);
  }

  private RawClient.Answer patch(String kind, String body) throws Exception {
    return raw.patch(core("configmaps/a"), kind, body);
  }

  @Test
  void merge_nullRemoves() throws Exception {
    raw.post(core("configmaps"), configMap("a", ", \"data\": {\"x\": \"1\", \"y\": \"2\"}"));
    JsonNode after = patch("merge-patch+json", "{\"data\": {\"x\": null, \"z\": \"3\"}}").body();

    assertThat(after.path("data")).isEqualTo(RawClient.parse("{\"y\": \"2\", \"z\": \"3\"}"));
  }

  @Test
  void merge_staleRevision_conflicts() throws Exception {
    String made =
        raw.post(core("configmaps"), configMap("a", ""))
            .body()
            .at("/metadata/resourceVersion")
            .asText();
    patch("merge-patch+json", "{\"data\": {\"x\": \"1\"}}");
    RawClient.Answer answer =
        patch(
            "merge-patch+json",
            "{\"metadata\": {\"resourceVersion\": \"" + made + "\"}, \"data\": {\"x\": \"2\"}}");

    assertThat(answer.status()).isEqualTo(409);
  }

  @Test
  void json_operations_areCarriedOut() throws Exception {
    raw.post(core("configmaps"), configMap("a", ", \"data\": {\"x\": \"1\", \"y\": \"2\"}"));
    JsonNode after =
        patch(
                "json-patch+json",
                """
                [{"op": "test", "path": "/data/x", "value": "1"},
                 {"op": "replace", "path": "/data/x", "value": "7"},
                 {"op": "remove", "path": "/data/y"},
                 {"op": "add", "path": "/metadata/labels", "value": {"a.b": "c"}},
                 {"op": "copy", "from": "/data/x", "path": "/data/z"}]
                """)
            .body();

    assertThat(after.path("data")).isEqualTo(RawClient.parse("{\"x\": \"7\", \"z\": \"7\"}"));
  }

  @Test
  void merge_wrongType_isUnprocessable() throws Exception {
    raw.post(core("configmaps"), configMap("a", ""));
    RawClient.Answer answer = patch("merge-patch+json", "{\"data\": {\"x\": 1}}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().at("/details/causes/0/field").asText()).isEqualTo("patch");
  }

  @Test
  void merge_otherName_isBadRequest() throws Exception {
    raw.post(core("configmaps"), configMap("a", ""));
    RawClient.Answer answer = patch("merge-patch+json", "{\"metadata\": {\"name\": \"b\"}}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message())
        .isEqualTo("the name of the object (b) does not match the name on the URL (a)");
  }

  @Test
  void json_replaceOfAbsentField_setsIt() throws Exception {
    raw.post(core("configmaps"), configMap("a", ", \"data\": {\"x\": \"1\"}"));
    RawClient.Answer answer =
        patch(
            "json-patch+json", "[{\"op\": \"replace\", \"path\": \"/data/y\", \"value\": \"2\"}]");

    assertThat(answer.body().at("/data/y").asText()).isEqualTo("2");
  }

  @Test
  void json_failingTest_isUnprocessable_andChangesNothing() throws Exception {
    raw.post(core("configmaps"), configMap("a", ", \"data\": {\"x\": \"1\"}"));
    RawClient.Answer answer =
        patch(
            "json-patch+json",
            """
            [{"op": "replace", "path": "/data/x", "value": "7"},
             {"op": "test", "path": "/data/x", "value": "1"}]
            """);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.reason()).isEqualTo("Invalid");
    assertThat(answer.message())
        .isEqualTo("the server rejected our request due to an error in our request");
    assertThat(raw.get(core("configmaps/a")).body().at("/data/x").asText()).isEqualTo("1");
  }

  @Test
  void strategic_containers_mergeByName() throws Exception {
    raw.post(
        "/apis/apps/v1/namespaces/" + namespace + "/deployments",
        """
        {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "d"},
         "spec": {"replicas": 0, "selector": {"matchLabels": {"a": "b"}},
          "template": {"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [
           {"name": "one", "image": "none.invalid/1", "env": [{"name": "A", "value": "1"}]},
           {"name": "two", "image": "none.invalid/2"}]}}}}
        """);
    JsonNode after =
        raw.patch(
                "/apis/apps/v1/namespaces/" + namespace + "/deployments/d",
                "strategic-merge-patch+json",
                """
                {"spec": {"template": {"spec": {"containers": [
                  {"name": "one", "env": [{"name": "B", "value": "2"}]},
                  {"name": "two", "$patch": "delete"}]}}}}
                """)
            .body();

    JsonNode containers = after.at("/spec/template/spec/containers");
    assertThat(containers).hasSize(1);
    assertThat(containers.at("/0/image").asText()).isEqualTo("none.invalid/1");
    assertThat(containers.at("/0/env").findValuesAsText("name")).containsExactly("B", "A");
  }

  @Test
  void patch_unknownMediaType_isRefused() throws Exception {
    raw.post(core("configmaps"), configMap("a", ""));

    assertThat(patch("whatever", "{}").status()).isEqualTo(415);
  }

  @Test
  void apply_createsAndOwns() throws Exception {
    RawClient.Answer made =
        raw.patch(
            core("configmaps/a?fieldManager=one"),
            APPLY,
            configMap("a", ", \"data\": {\"x\": \"1\"}"));

    assertThat(made.status()).isEqualTo(201);
    JsonNode entry = made.body().at("/metadata/managedFields/0");
    assertThat(entry.path("manager").asText()).isEqualTo("one");
    assertThat(entry.path("operation").asText()).isEqualTo("Apply");
    assertThat(entry.at("/fieldsV1/f:data").has("f:x")).isTrue();
  }

  @Test
  void apply_fieldOfAnother_conflicts_untilForced() throws Exception {
    String one = configMap("a", ", \"data\": {\"x\": \"1\"}");
    String two = configMap("a", ", \"data\": {\"x\": \"2\"}");
    raw.patch(core("configmaps/a?fieldManager=one"), APPLY, one);
    RawClient.Answer refused = raw.patch(core("configmaps/a?fieldManager=two"), APPLY, two);
    RawClient.Answer forced =
        raw.patch(core("configmaps/a?fieldManager=two&force=true"), APPLY, two);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.message())
        .isEqualTo("Apply failed with 1 conflict: conflict with \"one\": .data.x");
    assertThat(refused.body().at("/details/causes/0/reason").asText())
        .isEqualTo("FieldManagerConflict");
    assertThat(forced.body().at("/data/x").asText()).isEqualTo("2");
  }

  @Test
  void apply_fieldLeftOut_isRemoved_unlessSomebodyElseOwnsIt() throws Exception {
    raw.patch(
        core("configmaps/a?fieldManager=one"),
        APPLY,
        configMap("a", ", \"data\": {\"x\": \"1\", \"y\": \"1\", \"z\": \"1\"}"));
    raw.patch(
        core("configmaps/a?fieldManager=two"), APPLY, configMap("a", ", \"data\": {\"y\": \"1\"}"));
    JsonNode after =
        raw.patch(
                core("configmaps/a?fieldManager=one"),
                APPLY,
                configMap("a", ", \"data\": {\"z\": \"1\"}"))
            .body();

    assertThat(after.path("data")).isEqualTo(RawClient.parse("{\"y\": \"1\", \"z\": \"1\"}"));
  }

  @Test
  void apply_sameAgain_keepsRevision() throws Exception {
    String body = configMap("a", ", \"data\": {\"x\": \"1\"}");
    JsonNode first = raw.patch(core("configmaps/a?fieldManager=one"), APPLY, body).body();
    JsonNode second = raw.patch(core("configmaps/a?fieldManager=one"), APPLY, body).body();

    assertThat(second.at("/metadata/resourceVersion"))
        .isEqualTo(first.at("/metadata/resourceVersion"));
  }

  @Test
  void apply_overUpdate_namesManagerAndVersion() throws Exception {
    raw.post(core("configmaps?fieldManager=writer"), configMap("a", ", \"data\": {\"x\": \"1\"}"));
    RawClient.Answer refused =
        raw.patch(
            core("configmaps/a?fieldManager=two"),
            APPLY,
            configMap("a", ", \"data\": {\"x\": \"2\"}"));

    assertThat(refused.message())
        .isEqualTo("Apply failed with 1 conflict: conflict with \"writer\" using v1: .data.x");
  }
}
