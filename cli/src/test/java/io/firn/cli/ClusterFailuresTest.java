package io.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.cluster.ClusterException.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a user reads when the cluster does not play along.
class ClusterFailuresTest {

  @ParameterizedTest
  @CsvSource({
    "NO_CONTEXT, kubectl config get-contexts",
    "UNREACHABLE, kubectl version",
    "UNAUTHENTICATED, credentials",
    "FORBIDDEN, role",
    "NOT_FOUND, namespace",
    "NOT_SERVED, API",
    "SERVER, health"
  })
  void clusterFailure_anyKind_namesCauseAndNextStep(Code code, String next) {
    TestShell.Outcome outcome =
        TestShell.failing(code, "The cluster at https://10.0.0.1 said no.")
            .run("backup", "vm/orders-db", "--plan");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .startsWith("error: The cluster at https://10.0.0.1 said no.\n")
        .contains("  next: ")
        .contains(next);
  }

  @Test
  void clusterFailure_outputJson_isJsonOnStandardError() {
    TestShell.Outcome outcome =
        TestShell.failing(Code.UNREACHABLE, "It does not answer.")
            .run("backup", "vm/orders-db", "--plan", "-o", "json");
    assertThat(outcome.err())
        .startsWith("{\"error\":{\"code\":\"CLUSTER_UNREACHABLE\",\"exitCode\":1,")
        .endsWith("}}\n");
    assertThat(outcome.out()).isEmpty();
  }
}
