package io.firn.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Deletion: preconditions, finalizers, owners, namespaces.
abstract class DeletionContract extends ApiServerContract {
  DeletionContract(Supplier<Path> kubeconfig) {
    super(kubeconfig);
  }

  private String map(String name) throws Exception {
    return raw.post(core("configmaps"), configMap(name, "")).body().at("/metadata/uid").asText();
  }

  private void owned(String name, String owner, String uid, boolean blocks) throws Exception {
    raw.post(
        core("secrets"),
        """
        {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "%s", "ownerReferences": [
          {"apiVersion": "v1", "kind": "ConfigMap", "name": "%s", "uid": "%s",
           "blockOwnerDeletion": %s}]}}
        """
            .formatted(name, owner, uid, blocks));
  }

  private boolean exists(String path) throws Exception {
    return raw.get(core(path)).status() == 200;
  }

  @Test
  void delete_answersWithStatus() throws Exception {
    String uid = map("a");
    RawClient.Answer answer = raw.delete(core("configmaps/a"), "");

    assertThat(answer.body().path("status").asText()).isEqualTo("Success");
    assertThat(answer.body().at("/details/uid").asText()).isEqualTo(uid);
    assertThat(raw.delete(core("configmaps/a"), "").status()).isEqualTo(404);
  }

  @Test
  void delete_otherUid_conflicts() throws Exception {
    String uid = map("a");
    RawClient.Answer answer =
        raw.delete(core("configmaps/a"), "{\"preconditions\": {\"uid\": \"other\"}}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.message())
        .isEqualTo(
            ("Operation cannot be fulfilled on ConfigMap \"a\": the UID in the precondition (other)"
                    + " does not match the UID in record (%s). The object might have been deleted"
                    + " and then recreated")
                .formatted(uid));
    assertThat(exists("configmaps/a")).isTrue();
  }

  @Test
  void delete_otherRevision_conflicts() throws Exception {
    map("a");
    assertThat(
            raw.delete(core("configmaps/a"), "{\"preconditions\": {\"resourceVersion\": \"1\"}}")
                .status())
        .isEqualTo(409);
  }

  @Test
  void delete_dryRun_deletesNothing() throws Exception {
    map("a");

    assertThat(raw.delete(core("configmaps/a?dryRun=All"), "").status()).isEqualTo(200);
    assertThat(raw.delete(core("configmaps/a"), "{\"dryRun\": [\"All\"]}").status()).isEqualTo(200);
    assertThat(exists("configmaps/a")).isTrue();
  }

  @Test
  void delete_withFinalizer_waitsForIt() throws Exception {
    map("a");
    raw.patch(
        core("configmaps/a"),
        "merge-patch+json",
        "{\"metadata\": {\"finalizers\": [\"example.com/hold\"]}}");
    RawClient.Answer answer = raw.delete(core("configmaps/a"), "");

    assertThat(answer.body().at("/metadata/deletionTimestamp").asText()).isNotEmpty();
    assertThat(exists("configmaps/a")).isTrue();
    RawClient.Answer more =
        raw.patch(
            core("configmaps/a"),
            "merge-patch+json",
            "{\"metadata\": {\"finalizers\": [\"example.com/hold\", \"example.com/more\"]}}");
    assertThat(more.status()).isEqualTo(422);
    assertThat(more.message()).contains("no new finalizers can be added");

    raw.patch(core("configmaps/a"), "merge-patch+json", "{\"metadata\": {\"finalizers\": null}}");
    assertThat(exists("configmaps/a")).isFalse();
  }

  @Test
  void delete_background_collectsDependents() throws Exception {
    owned("s", "a", map("a"), false);
    raw.delete(core("configmaps/a"), "{\"propagationPolicy\": \"Background\"}");

    await("the dependent is collected", () -> !exists("secrets/s"));
  }

  @Test
  void delete_orphan_leavesDependentsWithoutOwner() throws Exception {
    owned("s", "a", map("a"), false);
    raw.delete(core("configmaps/a"), "{\"propagationPolicy\": \"Orphan\"}");

    await("the owner is gone", () -> !exists("configmaps/a"));
    assertThat(raw.get(core("secrets/s")).body().at("/metadata/ownerReferences").isEmpty())
        .isTrue();
  }

  @Test
  void delete_foreground_waitsForBlockingDependents() throws Exception {
    owned("s", "a", map("a"), true);
    raw.patch(
        core("secrets/s"),
        "merge-patch+json",
        "{\"metadata\": {\"finalizers\": [\"example.com/hold\"]}}");
    raw.delete(core("configmaps/a"), "{\"propagationPolicy\": \"Foreground\"}");

    await(
        "the dependent is marked",
        () -> raw.get(core("secrets/s")).body().at("/metadata").has("deletionTimestamp"));
    assertThat(exists("configmaps/a")).isTrue();
    raw.patch(core("secrets/s"), "merge-patch+json", "{\"metadata\": {\"finalizers\": null}}");
    await("the owner follows", () -> !exists("configmaps/a"));
  }

  @Test
  void create_ownerGone_isCollected() throws Exception {
    owned("s", "a", "11111111-1111-1111-1111-111111111111", false);

    await("it is collected", () -> !exists("secrets/s"));
  }

  @Test
  void create_oneOfTwoOwnersGone_staysWithTheOther() throws Exception {
    String uid = map("a");
    raw.post(
        core("secrets"),
        """
        {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s", "ownerReferences": [
          {"apiVersion": "v1", "kind": "ConfigMap", "name": "a", "uid": "%s"},
          {"apiVersion": "v1", "kind": "ConfigMap", "name": "b", "uid": "gone"}]}}
        """
            .formatted(uid));

    await(
        "the dangling reference is taken off",
        () -> raw.get(core("secrets/s")).body().at("/metadata/ownerReferences").size() == 1);
  }

  @Test
  void namespace_thatEveryClusterHas_stays() throws Exception {
    RawClient.Answer answer = raw.delete("/api/v1/namespaces/default?dryRun=All", "");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.message())
        .isEqualTo("namespaces \"default\" is forbidden: this namespace may not be deleted");
  }

  @Test
  void namespace_deleted_takesItsContentsAndRefusesNewOnes() throws Exception {
    map("a");
    raw.patch(
        core("configmaps/a"),
        "merge-patch+json",
        "{\"metadata\": {\"finalizers\": [\"example.com/hold\"]}}");
    raw.delete("/api/v1/namespaces/" + namespace, "");

    assertThat(raw.get("/api/v1/namespaces/" + namespace).body().at("/status/phase").asText())
        .isEqualTo("Terminating");
    RawClient.Answer refused = raw.post(core("configmaps"), configMap("b", ""));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.message())
        .isEqualTo(
            "configmaps \"b\" is forbidden: unable to create new content in namespace %s because"
                    .formatted(namespace)
                + " it is being terminated");

    await(
        "the contents are marked",
        () -> raw.get(core("configmaps/a")).body().at("/metadata").has("deletionTimestamp"));
    raw.patch(core("configmaps/a"), "merge-patch+json", "{\"metadata\": {\"finalizers\": null}}");
    await(
        "the namespace is gone", () -> raw.get("/api/v1/namespaces/" + namespace).status() == 404);
  }
}
