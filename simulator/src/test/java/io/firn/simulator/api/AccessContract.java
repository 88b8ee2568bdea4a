package io.firn.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

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
        "{\"apiVersion\": \"v1\", \"kind\": \"ServiceAccount\", \"metadata\": {\"name\": \"bob\"}}");
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
