package io.firn.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Who may do what, tried with tokens of service accounts.
abstract class AccessContract extends ApiServerContract {
  AccessContract(Supplier<Path> kubeconfig) {
    super(kubeconfig);
  }

  /// A client that acts as a new service account with one rule in the test's namespace.
  private RawClient account(String rule) throws Exception {
    raw.post(
        core("serviceaccounts"),
        "{\"apiVersion\": \"v1\", \"kind\": \"ServiceAccount\", \"metadata\": {\"name\":"
            + " \"bob\"}}");
    String rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/" + namespace;
    raw.post(
        rbac + "/roles",
        """
        {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role",
         "metadata": {"name": "r"}, "rules": [%s]}
        """
            .formatted(rule));
    raw.post(
        rbac + "/rolebindings",
        """
        {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
         "metadata": {"name": "b"},
         "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "r"},
         "subjects": [{"kind": "ServiceAccount", "name": "bob", "namespace": "%s"}]}
        """
            .formatted(namespace));
    String token =
        raw.post(
                core("serviceaccounts/bob/token"),
                "{\"apiVersion\": \"authentication.k8s.io/v1\", \"kind\": \"TokenRequest\"}")
            .body()
            .at("/status/token")
            .asText();
    RawClient bob = raw.as(token);
    await("the account is known", () -> bob.get("/api").status() == 200);
    return bob;
  }

  @Test
  void request_unknownToken_isUnauthorized() throws Exception {
    RawClient.Answer answer = raw.as("no-such-token").get(core("secrets"));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.reason()).isEqualTo("Unauthorized");
  }

  @Test
  void request_withoutRule_isForbiddenInWords() throws Exception {
    RawClient bob =
        account("{\"apiGroups\": [\"\"], \"resources\": [\"pods\"], \"verbs\": [\"*\"]}");
    RawClient.Answer answer = bob.get(core("secrets"));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.message())
        .isEqualTo(
            ("secrets is forbidden: User \"system:serviceaccount:%s:bob\" cannot list resource"
                    + " \"secrets\" in API group \"\" in the namespace \"%s\"")
                .formatted(namespace, namespace));
    assertThat(bob.get(core("pods")).status()).isEqualTo(200);
    assertThat(bob.get("/api/v1/nodes").message()).endsWith("at the cluster scope");
  }

  @Test
  void rule_withResourceNames_coversThoseOnly() throws Exception {
    RawClient bob =
        account(
            """
            {"apiGroups": [""], "resources": ["configmaps"], "resourceNames": ["a"],
             "verbs": ["get", "update"]}
            """);
    raw.post(core("configmaps"), configMap("a", ""));

    await("the rule counts", () -> bob.get(core("configmaps/a")).status() == 200);
    assertThat(bob.get(core("configmaps/b")).status()).isEqualTo(403);
    assertThat(bob.delete(core("configmaps/a"), "").status()).isEqualTo(403);
  }

  @Test
  void rule_forSubresource_doesNotCoverTheObject() throws Exception {
    RawClient bob =
        account("{\"apiGroups\": [\"\"], \"resources\": [\"pods/status\"], \"verbs\": [\"get\"]}");

    await("the rule counts", () -> bob.get(core("pods/p/status")).status() == 404);
    assertThat(bob.get(core("pods/p")).status()).isEqualTo(403);
  }

  @Test
  void selfReview_saysWhatTheAccountMayDo() throws Exception {
    RawClient bob =
        account("{\"apiGroups\": [\"\"], \"resources\": [\"pods\"], \"verbs\": [\"list\"]}");

    await("may list pods", () -> mayBob(bob, "list"));
    assertThat(mayBob(bob, "delete")).isFalse();
  }

  @Test
  void listOfOneName_isAllowedByItsName() throws Exception {
    RawClient bob =
        account(
            """
            {"apiGroups": [""], "resources": ["configmaps"], "resourceNames": ["a"],
             "verbs": ["list", "watch"]}
            """);

    String list = core("configmaps?fieldSelector=metadata.name%3Da");
    await("the rule counts", () -> bob.get(list).status() == 200);
    assertThat(bob.get(core("configmaps?fieldSelector=metadata.name%3Db")).status()).isEqualTo(403);
    assertThat(bob.get(core("configmaps")).status()).isEqualTo(403);
  }

  @Test
  void rightToList_isNoneToWatchOrGet() throws Exception {
    RawClient bob =
        account("{\"apiGroups\": [\"\"], \"resources\": [\"pods\"], \"verbs\": [\"list\"]}");
    await("the rule counts", () -> bob.get(core("pods")).status() == 200);

    assertThat(bob.get(core("pods?watch=true&timeoutSeconds=1")).message())
        .contains("cannot watch resource \"pods\"");
    assertThat(bob.get(core("pods/p")).message()).contains("cannot get resource \"pods\"");
    assertThat(bob.get(core("pods/p/log")).message()).contains("cannot get resource \"pods/log\"");
  }

  @Test
  void dryRun_needsTheSameRights() throws Exception {
    RawClient bob =
        account("{\"apiGroups\": [\"\"], \"resources\": [\"pods\"], \"verbs\": [\"list\"]}");

    RawClient.Answer answer = bob.post(core("configmaps?dryRun=All"), configMap("a", ""));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.message()).contains("cannot create resource \"configmaps\"");
  }

  @Test
  void bindingToAnAbsentRole_isToldInTheRefusal() throws Exception {
    RawClient bob =
        account("{\"apiGroups\": [\"\"], \"resources\": [\"pods\"], \"verbs\": [\"list\"]}");
    raw.post(
        "/apis/rbac.authorization.k8s.io/v1/namespaces/" + namespace + "/rolebindings",
        """
        {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
         "metadata": {"name": "absent"},
         "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole",
                     "name": "no-such-role"},
         "subjects": [{"kind": "ServiceAccount", "name": "bob", "namespace": "%s"}]}
        """
            .formatted(namespace));

    await("the binding counts", () -> !bob.get(core("secrets")).message().endsWith("\""));
    assertThat(bob.get(core("secrets")).message())
        .endsWith(
            "in the namespace \"%s\": rbac: RBAC: clusterrole.rbac.authorization.k8s.io"
                    .formatted(namespace)
                + " \"no-such-role\" not found");
  }

  @Test
  void rulesReview_listsWhatTheAccountMayDo() throws Exception {
    RawClient bob =
        account("{\"apiGroups\": [\"\"], \"resources\": [\"pods/log\"], \"verbs\": [\"get\"]}");
    await("the rule counts", () -> bob.get(core("pods/p/log")).status() == 404);

    JsonNode status =
        rulesReview(bob, "{\"namespace\": \"%s\"}".formatted(namespace)).body().path("status");

    assertThat(status.path("resourceRules"))
        .anyMatch(rule -> rule.path("resources").toString().equals("[\"pods/log\"]"))
        .anyMatch(rule -> rule.path("resources").toString().contains("selfsubjectrulesreviews"));
    assertThat(status.path("nonResourceRules"))
        .anyMatch(rule -> rule.path("nonResourceURLs").toString().contains("/version"));
    assertThat(status.has("incomplete")).isTrue();
    assertThat(rulesReview(bob, "{}").status()).isEqualTo(400);
  }

  private static RawClient.Answer rulesReview(RawClient client, String spec) throws Exception {
    return client.post(
        "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
        """
        {"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectRulesReview", "spec": %s}
        """
            .formatted(spec));
  }

  private boolean mayBob(RawClient bob, String verb) throws Exception {
    return bob.post(
            "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            """
            {"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview",
             "spec": {"resourceAttributes": {"namespace": "%s", "verb": "%s", "resource": "pods"}}}
            """
                .formatted(namespace, verb))
        .body()
        .at("/status/allowed")
        .asBoolean();
  }
}
