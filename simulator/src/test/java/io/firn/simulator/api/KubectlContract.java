package io.firn.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stock kubectl as the client. Where CI is set, kubectl must be there.
abstract class KubectlContract extends ApiServerContract {
  @TempDir Path directory;

  @SuppressWarnings("NullAway.Init") // JUnit injects the directory
  KubectlContract(Supplier<Path> kubeconfig) {
    super(kubeconfig);
  }

  @BeforeAll
  void findKubectl() {
    boolean found =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
    assumeTrue(found || System.getenv("CI") != null, "kubectl is not on the PATH");
  }

  private record Run(int status, String output) {}

  private Run kubectl(String input, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "kubectl",
                "--kubeconfig",
                kubeconfig().toString(),
                "--cache-dir",
                directory.resolve("cache").toString(),
                "-n",
                namespace));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output.strip());
  }

  private String ok(String input, String... arguments) throws IOException, InterruptedException {
    Run run = kubectl(input, arguments);
    assertThat(run.status()).as(run.output()).isZero();
    return run.output();
  }

  private static final String MAP =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: settings
      data:
        colour: blue
      """;

  @Test
  void apply_createsThenConfiguresThenRests() throws Exception {
    assertThat(ok(MAP, "apply", "-f", "-")).isEqualTo("configmap/settings created");
    assertThat(ok(MAP, "apply", "-f", "-")).isEqualTo("configmap/settings unchanged");
    assertThat(ok(MAP.replace("blue", "red"), "apply", "-f", "-"))
        .isEqualTo("configmap/settings configured");
    assertThat(ok("", "get", "cm", "settings", "-o", "jsonpath={.data.colour}")).isEqualTo("red");
  }

  @Test
  void apply_unknownField_isRefusedByDefault() throws Exception {
    Run run = kubectl(MAP + "bogus: 1\n", "apply", "-f", "-");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.output()).contains("strict decoding error: unknown field \"bogus\"");
  }

  @Test
  void serverSideApply_conflictNamesTheManager() throws Exception {
    ok(MAP, "apply", "--server-side", "-f", "-", "--field-manager", "one");
    Run run =
        kubectl(
            MAP.replace("blue", "red"),
            "apply",
            "--server-side",
            "-f",
            "-",
            "--field-manager",
            "two");

    assertThat(run.status()).isNotZero();
    assertThat(run.output())
        .contains("Apply failed with 1 conflict: conflict with \"one\": .data.colour");
  }

  @Test
  void serverSideApply_afterClientSideApply_takesOver() throws Exception {
    ok(MAP, "apply", "-f", "-");
    assertThat(ok(MAP.replace("blue", "red"), "apply", "--server-side", "-f", "-"))
        .contains("configmap/settings serverside-applied");
  }

  @Test
  void typedCommands_work() throws Exception {
    ok("", "create", "configmap", "m", "--from-literal=a=b");
    ok("", "create", "secret", "generic", "s", "--from-literal=k=v");
    ok("", "create", "serviceaccount", "bob");
    assertThat(ok("", "create", "token", "bob")).hasSizeGreaterThan(20);
    ok("", "create", "role", "r", "--verb=get", "--resource=pods");
    ok("", "create", "rolebinding", "b", "--role=r", "--serviceaccount=" + namespace + ":bob");
    ok("", "create", "job", "j", "--image=none.invalid/x", "--", "true");
    assertThat(ok("", "auth", "can-i", "delete", "nodes")).contains("yes");
    assertThat(kubectl("", "auth", "can-i", "delete", "nodes", "--as", "nobody").output())
        .endsWith("no");
    assertThat(ok("", "get", "secret", "s", "-o", "jsonpath={.data.k}")).isEqualTo("dg==");
    assertThat(ok("", "get", "job", "j", "-o", "jsonpath={.spec.template.spec.containers[0].name}"))
        .isEqualTo("j");
  }

  @Test
  void get_printsTables() throws Exception {
    ok("", "create", "secret", "generic", "s", "--from-literal=k=v");

    assertThat(ok("", "get", "secrets").lines().findFirst().orElse(""))
        .matches("NAME +TYPE +DATA +AGE");
    assertThat(ok("", "get", "secrets")).containsPattern("s +Opaque +1 +\\d+s");
    assertThat(ok("", "get", "pods"))
        .isEqualTo("No resources found in %s namespace.".formatted(namespace));
    assertThat(ok("", "get", "ns", namespace)).contains("Active");
    assertThat(ok("", "get", "secret", "s", "-o", "name")).isEqualTo("secret/s");
  }

  @Test
  void everydayCommands_work() throws Exception {
    ok(MAP, "create", "-f", "-");
    ok("", "label", "cm", "settings", "tier=web");
    ok("", "annotate", "cm", "settings", "note=x");
    assertThat(ok("", "get", "cm", "-l", "tier=web", "-o", "name")).isEqualTo("configmap/settings");
    assertThat(ok("", "describe", "cm", "settings")).contains("colour:", "blue");
    assertThat(ok("", "explain", "pvc.spec.resources")).contains("requests");
    assertThat(ok("", "api-resources")).contains("persistentvolumeclaims", "pvc");
    assertThat(kubectl("", "diff", "-f", writeMap()).status()).isEqualTo(1);
    ok(
        "",
        "patch",
        "cm",
        "settings",
        "--type",
        "json",
        "-p",
        "[{\"op\":\"remove\",\"path\":\"/data/colour\"}]");
    ok("", "delete", "cm", "settings");
    assertThat(kubectl("", "get", "cm", "settings").output())
        .isEqualTo("Error from server (NotFound): configmaps \"settings\" not found");
  }

  private String writeMap() throws IOException {
    Path file = directory.resolve("settings.yaml");
    Files.writeString(file, MAP.replace("blue", "red"));
    return file.toString();
  }

  @Test
  void wait_seesDeletion() throws Exception {
    ok(MAP, "create", "-f", "-");
    ok("", "delete", "cm", "settings", "--wait=false");
    ok("", "wait", "--for=delete", "cm/settings", "--timeout=10s");
  }

  @Test
  void dryRun_storesNothing() throws Exception {
    assertThat(ok(MAP, "apply", "--dry-run=server", "-f", "-"))
        .isEqualTo("configmap/settings created (server dry run)");
    assertThat(kubectl("", "get", "cm", "settings").status()).isEqualTo(1);
  }
}
