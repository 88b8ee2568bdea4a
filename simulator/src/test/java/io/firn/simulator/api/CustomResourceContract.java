package io.firn.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Kinds that a CustomResourceDefinition adds.
abstract class CustomResourceContract extends ApiServerContract {
  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

  CustomResourceContract(Supplier<Path> kubeconfig) {
    super(kubeconfig);
  }

  @BeforeAll
  void define() throws Exception {
    raw.post(
        DEFINITIONS,
        """
        {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
         "metadata": {"name": "gadgets.contract.example.com"},
         "spec": {"group": "contract.example.com", "scope": "Namespaced",
          "names": {"plural": "gadgets", "kind": "Gadget", "shortNames": ["gad"],
                    "categories": ["all"]},
          "versions": [
           {"name": "v1alpha1", "served": true, "storage": false,
            "schema": {"openAPIV3Schema": {"type": "object",
             "x-kubernetes-preserve-unknown-fields": true}}},
           {"name": "v1", "served": true, "storage": true,
            "subresources": {"status": {},
             "scale": {"specReplicasPath": ".spec.replicas",
                       "statusReplicasPath": ".status.replicas"}},
            "additionalPrinterColumns": [
             {"name": "Ready", "type": "string",
              "jsonPath": ".status.conditions[?(@.type=='Ready')].status"},
             {"name": "Size", "type": "integer", "jsonPath": ".spec.size", "priority": 1},
             {"name": "Age", "type": "date", "jsonPath": ".metadata.creationTimestamp"}],
            "schema": {"openAPIV3Schema": {"type": "object", "properties": {
             "spec": {"type": "object", "required": ["size"], "properties": {
               "size": {"type": "integer", "minimum": 1, "maximum": 9},
               "mode": {"type": "string", "enum": ["fast", "slow"], "default": "fast"},
               "code": {"type": "string", "pattern": "^[a-z]+$"},
               "replicas": {"type": "integer"},
               "tags": {"type": "array", "x-kubernetes-list-type": "set",
                        "items": {"type": "string"}},
               "slots": {"type": "array", "x-kubernetes-list-type": "map",
                         "x-kubernetes-list-map-keys": ["at"],
                         "items": {"type": "object", "required": ["at"], "properties": {
                           "at": {"type": "integer"}, "what": {"type": "string"}}}},
               "parts": {"type": "array", "items": {"type": "object", "properties": {
                 "name": {"type": "string"}}}},
               "free": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}}},
             "status": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}}}}}]}}
        """);
    await(
        "the definition is established",
        () ->
            raw.get(DEFINITIONS + "/gadgets.contract.example.com")
                    .body()
                    .at("/status/conditions")
                    .toString()
                    .contains("\"Established\"")
                && raw.get("/apis/contract.example.com/v1/gadgets").status() == 200);
  }

  @AfterAll
  void undefine() throws Exception {
    raw.delete(DEFINITIONS + "/gadgets.contract.example.com", "");
  }

  /// Else nobody could tell what the Kubernetes community has made from what it has not.
  @Test
  void definitionInAProtectedGroup_needsAnApproval() throws Exception {
    RawClient.Answer refused = raw.post(DEFINITIONS + "?dryRun=All", protectedOne("{}"));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.message())
        .contains("metadata.annotations[api-approved.kubernetes.io]: Required value")
        .contains("protected groups must have approval annotation");
    String nonsense = "{\"api-approved.kubernetes.io\": \"yes\"}";
    assertThat(raw.post(DEFINITIONS + "?dryRun=All", protectedOne(nonsense)).message())
        .contains("Invalid value: \"yes\"");
    String unapproved = "{\"api-approved.kubernetes.io\": \"unapproved, a test\"}";
    assertThat(raw.post(DEFINITIONS + "?dryRun=All", protectedOne(unapproved)).status())
        .isEqualTo(201);
  }

  private static String protectedOne(String annotations) {
    return """
    {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
     "metadata": {"name": "gadgets.contract.k8s.io", "annotations": %s},
     "spec": {"group": "contract.k8s.io", "scope": "Namespaced",
      "names": {"plural": "gadgets", "kind": "Gadget"},
      "versions": [{"name": "v1", "served": true, "storage": true,
       "schema": {"openAPIV3Schema": {"type": "object"}}}]}}
    """
        .formatted(annotations);
  }

  private String path(String rest) {
    return "/apis/contract.example.com/v1/namespaces/" + namespace + "/gadgets" + rest;
  }

  private RawClient.Answer create(String spec) throws Exception {
    return raw.post(
        path("?fieldValidation=Strict"),
        """
        {"apiVersion": "contract.example.com/v1", "kind": "Gadget", "metadata": {"name": "g"},
         "spec": %s, "status": {"replicas": 5}}
        """
            .formatted(spec));
  }

  @Test
  void discovery_listsNamesAndSubresources() throws Exception {
    JsonNode list = raw.get("/apis/contract.example.com/v1").body();

    assertThat(list.path("resources").findValuesAsText("name"))
        .contains("gadgets", "gadgets/status", "gadgets/scale");
    assertThat(list.at("/resources/0/shortNames/0").asText()).isEqualTo("gad");
    assertThat(list.at("/resources/0/singularName").asText()).isEqualTo("gadget");
    assertThat(raw.get("/apis/contract.example.com").body().at("/preferredVersion/version"))
        .isEqualTo(RawClient.parse("\"v1\""));
  }

  @Test
  void create_defaultsAndDropsStatus() throws Exception {
    RawClient.Answer made = create("{\"size\": 3}");

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.body().at("/spec/mode").asText()).isEqualTo("fast");
    assertThat(made.body().has("status")).isFalse();
    assertThat(made.body().at("/metadata/generation").asInt()).isEqualTo(1);
  }

  @Test
  void create_nullField_isDefaulted() throws Exception {
    RawClient.Answer made = create("{\"size\": 3, \"mode\": null, \"code\": null}");

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.body().at("/spec/mode").asText()).isEqualTo("fast");
    assertThat(made.body().at("/spec").has("code")).isFalse();
  }

  @Test
  void create_unknownFields_areRefusedByPath() throws Exception {
    RawClient.Answer answer = create("{\"size\": 3, \"parts\": [{\"name\": \"a\", \"x\": 1}]}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message())
        .contains("strict decoding error: unknown field \"spec.parts[0].x\"");
    assertThat(create("{\"size\": 3, \"free\": {\"x\": {\"y\": 1}}}").status()).isEqualTo(201);
  }

  @Test
  void create_schemaBroken_namesEachField() throws Exception {
    RawClient.Answer answer =
        create("{\"size\": 12, \"mode\": \"odd\", \"code\": \"A1\", \"free\": \"x\"}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().at("/details/causes").findValuesAsText("field"))
        .containsExactlyInAnyOrder("spec.size", "spec.mode", "spec.code", "spec.free");
    assertThat(answer.message())
        .contains(
            "spec.mode: Unsupported value: \"odd\": supported values: \"fast\", \"slow\"",
            "spec.size: Invalid value: 12: spec.size in body should be less than or equal to 9");
    assertThat(create("{}").message()).contains("spec.size: Required value");
  }

  @Test
  void update_withoutRevision_isInvalid() throws Exception {
    ObjectNode made = (ObjectNode) create("{\"size\": 3}").body();
    ((ObjectNode) made.path("metadata")).remove("resourceVersion");
    RawClient.Answer answer = raw.put(path("/g"), made);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.message())
        .endsWith("metadata.resourceVersion: Invalid value: 0: must be specified for an update");

    raw.delete(path("/g"), "");
    assertThat(raw.put(path("/g"), made).status()).isEqualTo(404);
  }

  @Test
  void create_sameTwiceInSetOrMap_isADuplicate() throws Exception {
    assertThat(create("{\"size\": 3, \"tags\": [\"a\", \"b\", \"a\"]}").message())
        .endsWith("spec.tags[2]: Duplicate value: \"a\"");
    assertThat(
            create("{\"size\": 3, \"slots\": [{\"at\": 1}, {\"at\": 1, \"what\": \"x\"}]}")
                .message())
        .endsWith("spec.slots[1]: Duplicate value: {\"at\":1}");
  }

  @Test
  void list_repeatsTheKindInItsItems() throws Exception {
    create("{\"size\": 3}");

    assertThat(raw.get(path("")).body().at("/items/0/kind").asText()).isEqualTo("Gadget");
  }

  @Test
  void generation_countsSpecChangesOnly() throws Exception {
    create("{\"size\": 3}");
    raw.patch(path("/g"), "merge-patch+json", "{\"metadata\": {\"labels\": {\"a\": \"b\"}}}");
    JsonNode afterStatus =
        raw.patch(path("/g/status"), "merge-patch+json", "{\"status\": {\"phase\": \"x\"}}").body();
    JsonNode afterSpec =
        raw.patch(path("/g"), "merge-patch+json", "{\"spec\": {\"size\": 4}}").body();

    assertThat(afterStatus.at("/metadata/generation").asInt()).isEqualTo(1);
    assertThat(afterSpec.at("/metadata/generation").asInt()).isEqualTo(2);
    assertThat(afterSpec.at("/status/phase").asText()).isEqualTo("x");
  }

  @Test
  void statusWrite_leavesSpecAndMetadata() throws Exception {
    create("{\"size\": 3}");
    JsonNode after =
        raw.patch(
                path("/g/status"),
                "merge-patch+json",
                """
                {"metadata": {"labels": {"a": "b"}}, "spec": {"size": 5}, "status": {"phase": "x"}}
                """)
            .body();

    assertThat(after.at("/spec/size").asInt()).isEqualTo(3);
    assertThat(after.at("/metadata/labels").isMissingNode()).isTrue();
  }

  @Test
  void otherVersion_showsTheSameObject() throws Exception {
    JsonNode made = create("{\"size\": 3}").body();
    JsonNode other =
        raw.get("/apis/contract.example.com/v1alpha1/namespaces/" + namespace + "/gadgets/g")
            .body();

    assertThat(other.path("apiVersion").asText()).isEqualTo("contract.example.com/v1alpha1");
    assertThat(other.at("/metadata/uid")).isEqualTo(made.at("/metadata/uid"));
    assertThat(other.at("/spec/size").asInt()).isEqualTo(3);
  }

  @Test
  void strategicMerge_isUnsupported() throws Exception {
    create("{\"size\": 3}");

    assertThat(raw.patch(path("/g"), "strategic-merge-patch+json", "{}").status()).isEqualTo(415);
  }

  @Test
  void patch_unknownField_strict_isUnprocessable() throws Exception {
    create("{\"size\": 3}");
    RawClient.Answer answer =
        raw.patch(
            path("/g?fieldValidation=Strict"), "merge-patch+json", "{\"spec\": {\"bogus\": 1}}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.message()).contains("strict decoding error: unknown field \"spec.bogus\"");
  }

  @Test
  void scale_readsAndSetsReplicas() throws Exception {
    create("{\"size\": 3, \"replicas\": 1}");
    JsonNode scale =
        raw.patch(path("/g/scale"), "merge-patch+json", "{\"spec\": {\"replicas\": 4}}").body();

    assertThat(scale.path("kind").asText()).isEqualTo("Scale");
    assertThat(scale.at("/spec/replicas").asInt()).isEqualTo(4);
    assertThat(raw.get(path("/g")).body().at("/spec/replicas").asInt()).isEqualTo(4);
  }

  @Test
  void table_hasPrinterColumns() throws Exception {
    create("{\"size\": 3}");
    raw.patch(
        path("/g/status"),
        "merge-patch+json",
        "{\"status\": {\"conditions\": [{\"type\": \"Ready\", \"status\": \"True\"}]}}");
    JsonNode table = raw.table(path(""));

    assertThat(table.path("columnDefinitions").findValuesAsText("name"))
        .containsExactly("Name", "Ready", "Size", "Age");
    assertThat(table.at("/columnDefinitions/2/priority").asInt()).isEqualTo(1);
    assertThat(table.at("/rows/0/cells/1").asText()).isEqualTo("True");
    assertThat(table.at("/rows/0/cells/2").asInt()).isEqualTo(3);
    assertThat(table.at("/rows/0/cells/3").asText()).matches("\\d+s");
  }

  @Test
  void fabric8_genericResource_needsNoRegistration() {
    GenericKubernetesResource gadget =
        client
            .genericKubernetesResources("contract.example.com/v1", "Gadget")
            .inNamespace(namespace)
            .load(
                new java.io.ByteArrayInputStream(
                    """
                    {"apiVersion": "contract.example.com/v1", "kind": "Gadget",
                     "metadata": {"name": "g"}, "spec": {"size": 2}}
                    """
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)))
            .create();

    assertThat(gadget.<String>get("spec", "mode")).isEqualTo("fast");
  }
}
