package io.firn.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Watches over HTTP, and the informers that are built on them.
abstract class WatchContract extends ApiServerContract {
  WatchContract(Supplier<Path> kubeconfig) {
    super(kubeconfig);
  }

  private String revision() throws Exception {
    return raw.get(core("secrets")).body().at("/metadata/resourceVersion").asText();
  }

  private void secret(String name, String labels) throws Exception {
    raw.post(
        core("secrets"),
        """
        {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "%s", "labels": %s}}
        """
            .formatted(name, labels));
  }

  @Test
  void watch_ofBuiltInKind_namesItInEachEvent() throws Exception {
    secret("a", "{}");
    try (Stream<JsonNode> events = raw.watch(core("secrets?watch=true&timeoutSeconds=5"))) {
      assertThat(events.map(event -> event.at("/object/kind").asText()).limit(1))
          .containsExactly("Secret");
    }
  }

  private static String line(JsonNode event) {
    return event.path("type").asText() + " " + event.at("/object/metadata/name").asText();
  }

  @Test
  void watch_fromRevision_replaysInOrder() throws Exception {
    String from = revision();
    secret("a", "{}");
    raw.patch(core("secrets/a"), "merge-patch+json", "{\"stringData\": {\"k\": \"v\"}}");
    raw.delete(core("secrets/a"), "");

    try (Stream<JsonNode> events =
        raw.watch(core("secrets?watch=true&timeoutSeconds=5&resourceVersion=" + from))) {
      List<JsonNode> three = events.limit(3).toList();
      assertThat(three.stream().map(WatchContract::line))
          .containsExactly("ADDED a", "MODIFIED a", "DELETED a");
      assertThat(three.stream().map(e -> e.at("/object/metadata/resourceVersion").asLong()))
          .isSorted()
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void watch_withoutRevision_beginsWithWhatThereIs() throws Exception {
    secret("a", "{}");
    try (Stream<JsonNode> events = raw.watch(core("secrets?watch=true&timeoutSeconds=5"))) {
      assertThat(events.map(WatchContract::line).limit(1)).containsExactly("ADDED a");
    }
  }

  @Test
  void watch_objectLeavesSelector_isTold() throws Exception {
    String from = revision();
    secret("a", "{\"tier\": \"web\"}");
    raw.patch(
        core("secrets/a"), "merge-patch+json", "{\"metadata\": {\"labels\": {\"tier\": \"db\"}}}");
    raw.patch(
        core("secrets/a"), "merge-patch+json", "{\"metadata\": {\"labels\": {\"tier\": \"web\"}}}");

    try (Stream<JsonNode> events =
        raw.watch(
            core(
                "secrets?watch=true&timeoutSeconds=5&labelSelector=tier%3Dweb&resourceVersion="
                    + from))) {
      assertThat(events.map(WatchContract::line).limit(3))
          .containsExactly("ADDED a", "DELETED a", "ADDED a");
    }
  }

  @Test
  void watch_initialEvents_endWithBookmark() throws Exception {
    secret("a", "{}");
    try (Stream<JsonNode> events =
        raw.watch(
            core(
                "secrets?watch=true&timeoutSeconds=5&sendInitialEvents=true"
                    + "&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan"))) {
      List<JsonNode> two = events.limit(2).toList();
      assertThat(line(two.get(0))).isEqualTo("ADDED a");
      assertThat(two.get(1).path("type").asText()).isEqualTo("BOOKMARK");
      assertThat(two.get(1).at("/object/metadata").has("creationTimestamp")).isFalse();
      assertThat(two.get(1).at("/object/metadata/annotations/k8s.io~1initial-events-end").asText())
          .isEqualTo("true");
    }
  }

  @Test
  void watch_timeout_endsIt() throws Exception {
    try (Stream<JsonNode> events = raw.watch(core("secrets?watch=true&timeoutSeconds=1"))) {
      assertThat(events).isEmpty();
    }
  }

  @Test
  void fabric8Watch_seesChanges() throws Exception {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    Watcher<ConfigMap> watcher =
        new Watcher<>() {
          @Override
          public void eventReceived(Action action, ConfigMap map) {
            seen.add(action + " " + map.getMetadata().getName());
          }

          @Override
          public void onClose(WatcherException cause) {
            seen.add("closed " + cause.getMessage());
          }
        };
    try (var watch =
        client.configMaps().inNamespace(namespace).withLabel("watched").watch(watcher)) {
      assertThat(watch).isNotNull();
      raw.post(
          core("configmaps"),
          """
          {"apiVersion": "v1", "kind": "ConfigMap",
           "metadata": {"name": "a", "labels": {"watched": "yes"}}}
          """);
      assertThat(seen.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("ADDED a");
    }
  }

  @Test
  void fabric8Informer_followsTheCollection() throws Exception {
    try (SharedIndexInformer<ConfigMap> informer =
        client.configMaps().inNamespace(namespace).inform()) {
      raw.post(core("configmaps"), configMap("a", ""));
      await("informer has it", () -> informer.getIndexer().getByKey(namespace + "/a") != null);
      raw.delete(core("configmaps/a"), "");
      await("informer lost it", () -> informer.getIndexer().getByKey(namespace + "/a") == null);
    }
  }
}
