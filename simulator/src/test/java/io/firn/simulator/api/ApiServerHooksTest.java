package io.firn.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the simulator can do that a real server cannot be asked for: plugins, faults, logs.
class ApiServerHooksTest {
  @RegisterExtension static final SimulatedServer SERVER = new SimulatedServer();

  @Nested
  class Hooks extends HooksCases {
    Hooks() {
      super(SERVER::kubeconfig);
    }
  }

  abstract static class HooksCases extends ApiServerContract {
    HooksCases(Supplier<Path> kubeconfig) {
      super(kubeconfig);
    }

    @AfterEach
    void noFaults() {
      SERVER.server().faults(RequestFaults.NONE);
    }

    private static AdmissionPlugin plugin(String only) {
      return new AdmissionPlugin() {
        @Override
        public String name() {
          return "gate.example.com";
        }

        @Override
        public boolean handles(AdmissionPlugin.Request request) {
          return request.name().equals(only);
        }

        @Override
        public void mutate(AdmissionPlugin.Request request, ObjectNode object) {
          object.withObjectProperty("data").put("by", request.user());
        }

        @Override
        public void validate(AdmissionPlugin.Request request, ObjectNode object) throws Denial {
          if (object.path("data").has("bad")) {
            throw new Denial(422, "Invalid", "data.bad: no");
          }
        }
      };
    }

    @Test
    void admission_mutatesAndDenies_alsoInDryRun() throws Exception {
      SERVER.server().admit(plugin("gated"));
      String bad = configMap("gated", ", \"data\": {\"bad\": \"1\"}");
      RawClient.Answer denied = raw.post(core("configmaps?dryRun=All"), bad);
      RawClient.Answer taken = raw.post(core("configmaps"), configMap("gated", ""));

      assertThat(denied.status()).isEqualTo(422);
      assertThat(denied.message())
          .isEqualTo("admission webhook \"gate.example.com\" denied the request: data.bad: no");
      assertThat(taken.body().at("/data/by").asText()).isEqualTo("admin");
    }

    @Test
    void aggregatedApi_isDiscoveredAndAnswers() throws Exception {
      SERVER
          .server()
          .aggregate(
              new AggregatedApi() {
                @Override
                public String apiGroup() {
                  return "sub.example.com";
                }

                @Override
                public List<String> versions() {
                  return List.of("v1");
                }

                @Override
                public JsonNode resources(String version) {
                  return RawClient.parse(
                      "{\"kind\": \"APIResourceList\", \"apiVersion\": \"v1\", \"groupVersion\":"
                          + " \"sub.example.com/v1\", \"resources\": []}");
                }

                @Override
                public Response handle(AggregatedApi.Request request) {
                  return new Response(
                      202,
                      "text/plain",
                      request.method()
                          + " "
                          + request.path()
                          + " "
                          + request.query()
                          + " "
                          + request.body());
                }
              });

      assertThat(raw.get("/apis").body().toString()).contains("\"sub.example.com/v1\"");
      assertThat(raw.get("/apis/sub.example.com/v1").status()).isEqualTo(200);
      RawClient.Answer answer =
          raw.send(
              "PUT",
              "/apis/sub.example.com/v1/namespaces/n/things/t/freeze?a=b",
              "application/json",
              "{}");
      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.body().asText())
          .isEqualTo("PUT /namespaces/n/things/t/freeze " + Map.of("a", "b") + " {}");
    }

    @Test
    void refusal_carriesRetryAfter_andDoesNothing() throws Exception {
      SERVER
          .server()
          .faults((method, path, user) ->
              method.equals("POST")
                  ? new RequestFaults.Verdict.Refuse(429, "slow down", 1)
                  : new RequestFaults.Verdict.Pass());
      RawClient.Answer answer = raw.post(core("configmaps"), configMap("a", ""));

      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.reason()).isEqualTo("TooManyRequests");
      assertThat(raw.get(core("configmaps/a")).status()).isEqualTo(404);
    }

    @Test
    void cut_afterWork_hasDoneIt_beforeWork_hasNot() throws Exception {
      for (boolean afterWork : new boolean[] {true, false}) {
        String name = "cut-" + afterWork;
        SERVER
            .server()
            .faults((method, path, user) ->
                method.equals("POST")
                    ? new RequestFaults.Verdict.Cut(afterWork)
                    : new RequestFaults.Verdict.Pass());
        assertThatThrownBy(() -> raw.post(core("configmaps"), configMap(name, "")))
            .isInstanceOf(IOException.class);
        assertThat(raw.get(core("configmaps/" + name)).status() == 200).isEqualTo(afterWork);
      }
    }

    @Test
    void webSocketUpgrade_isAnsweredAtOnce() throws Exception {
      // fabric8 tries a WebSocket first and must fall back: an informer that syncs says it did.
      try (var informer = client.configMaps().inNamespace(namespace).inform()) {
        assertThat(informer.hasSynced()).isTrue();
      }
    }

    private void pod(String name) throws Exception {
      raw.post(
          core("pods"),
          """
          {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s"},
           "spec": {"nodeName": "n", "containers": [{"name": "c", "image": "x"}]}}
          """
              .formatted(name));
    }

    @Test
    void log_tailAndFollow_endWithThePod() throws Exception {
      AtomicReference<String> text = new AtomicReference<>("one\ntwo\nthree\n");
      SERVER
          .server()
          .podLogs(
              (ns, pod, c) -> pod.equals("p") ? Optional.ofNullable(text.get()) : Optional.empty());
      pod("p");
      pod("q");

      assertThat(raw.get(core("pods/p/log?tailLines=2")).body().asText()).isEqualTo("two\nthree\n");
      assertThat(raw.get(core("pods/p/log?container=x")).message())
          .isEqualTo("container x is not valid for pod p");
      assertThat(raw.get(core("pods/q/log")).status()).isEqualTo(400);
      try (InputStream follow = raw.stream(core("pods/p/log?follow=true&tailLines=1"))) {
        assertThat(new String(follow.readNBytes(6), StandardCharsets.UTF_8)).isEqualTo("three\n");
        text.set("one\ntwo\nthree\nfour\n");
        raw.patch(
            core("pods/p/status"), "merge-patch+json", "{\"status\": {\"phase\": \"Succeeded\"}}");
        assertThat(new String(follow.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("four\n");
      }
    }

    @Test
    void eviction_deletesUnlessTheBudgetForbids() throws Exception {
      pod("p");
      raw.post(
          "/apis/policy/v1/namespaces/" + namespace + "/poddisruptionbudgets",
          """
          {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "b"},
           "spec": {"maxUnavailable": 0, "selector": {"matchLabels": {}}}}
          """);
      String eviction =
          "{\"apiVersion\": \"policy/v1\", \"kind\": \"Eviction\", \"metadata\": {\"name\": \"p\"}}";

      assertThat(raw.post(core("pods/p/eviction"), eviction).status()).isEqualTo(429);
      raw.delete("/apis/policy/v1/namespaces/" + namespace + "/poddisruptionbudgets/b", "");
      assertThat(raw.post(core("pods/p/eviction"), eviction).status()).isEqualTo(201);
      JsonNode evicted = raw.get(core("pods/p")).body();
      assertThat(evicted.at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(30);
      assertThat(evicted.at("/status/conditions").valueStream())
          .filteredOn(one -> one.path("type").asText().equals("DisruptionTarget"))
          .singleElement()
          .satisfies(one -> {
            assertThat(one.path("status").asText()).isEqualTo("True");
            assertThat(one.path("reason").asText()).isEqualTo("EvictionByEvictionAPI");
            assertThat(one.path("message").asText()).isEqualTo("Eviction API: evicting");
          });
      raw.delete(core("pods/p"), "{\"gracePeriodSeconds\": 0}");
      assertThat(raw.get(core("pods/p")).status()).isEqualTo(404);
    }

    @Test
    void eviction_thatIsDryOrOfAnotherRevision_marksNothing() throws Exception {
      pod("dry");
      String start =
          "{\"apiVersion\": \"policy/v1\", \"kind\": \"Eviction\","
              + " \"metadata\": {\"name\": \"dry\"}, \"deleteOptions\": ";

      raw.post(core("pods/dry/eviction"), start + "{\"dryRun\": [\"All\"]}}");
      assertThat(
              raw.post(
                      core("pods/dry/eviction"),
                      start + "{\"preconditions\": {\"resourceVersion\": \"1\"}}}")
                  .status())
          .isEqualTo(409);

      JsonNode pod = raw.get(core("pods/dry")).body();
      assertThat(pod.at("/metadata").has("deletionTimestamp")).isFalse();
      assertThat(pod.toString()).doesNotContain("DisruptionTarget");
      String revision = pod.at("/metadata/resourceVersion").asText();
      String exact = start + "{\"preconditions\": {\"resourceVersion\": \"" + revision + "\"}}}";
      assertThat(raw.post(core("pods/dry/eviction"), exact).status()).isEqualTo(201);
    }

    @Test
    void claim_inUse_lingersUntilThePodIsGone() throws Exception {
      raw.post(
          core("persistentvolumeclaims"),
          """
          {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "data"},
           "spec": {"accessModes": ["ReadWriteOnce"],
                    "resources": {"requests": {"storage": "1Gi"}}}}
          """);
      raw.post(
          core("pods"),
          """
          {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "user"},
           "spec": {"containers": [{"name": "c", "image": "x"}],
            "volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": "data"}}]}}
          """);
      raw.delete(core("persistentvolumeclaims/data"), "");

      assertThat(raw.get(core("persistentvolumeclaims/data")).status()).isEqualTo(200);
      raw.delete(core("pods/user"), "");
      await("the claim goes", () -> raw.get(core("persistentvolumeclaims/data")).status() == 404);
    }
  }
}
