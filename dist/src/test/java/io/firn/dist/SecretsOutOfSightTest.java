package io.firn.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.backend.s3.server.Fault;
import io.firn.backend.s3.server.FaultProxy;
import io.firn.backend.s3.server.ProxiedRequest;
import io.firn.backend.s3.server.S3Proxy;
import io.firn.graph.Kinds;
import io.firn.graph.ResourceKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What others on the node and in the cluster can see of movers while they run: process lists,
/// environments, Jobs and pods. The store stops each upload for as long as somebody looks.
class SecretsOutOfSightTest {
  private static final String PASSWORD = "snow on the mountain";
  private static final String TOKEN = "session-token-of-an-hour";

  @TempDir Path folder;
  private final Queue<String> processes = new ConcurrentLinkedQueue<>();
  private final Queue<ObjectNode> jobs = new ConcurrentLinkedQueue<>();
  private final Queue<ObjectNode> pods = new ConcurrentLinkedQueue<>();

  @Test
  void movers_showNoSecret_andHaveThemFromTheSecretOfTheirRunOnly() throws IOException {
    S3Proxy server = S3Proxy.shared();
    server.bucket("sight");
    FirnShell shell = new FirnShell(folder, PASSWORD);
    Path credentials = server.credentialsFile(folder);
    Files.writeString(
        credentials, Files.readString(credentials) + "aws_session_token = " + TOKEN + "\n");
    shell.set("FIRN_S3_CREDENTIALS_FILE", credentials);
    try (DiskShop shop = DiskShop.start(folder.resolve("cluster"));
        FaultProxy store = FaultProxy.start(server, request -> look(shop, request))) {
      shell.set("KUBECONFIG", shop.kubeconfig());
      shell.set(
          "FIRN_VAULT",
          "s3://sight/%s?endpoint=%s&region=eu-1".formatted(UUID.randomUUID(), store.endpoint()));
      shop.namespace("shop");
      assertThat(shop.machine("shop", "db", 8, 3)).isNotEmpty();
      shell.firn("vault", "init");
      shell.firn("backup", "vm/db", "-n", "shop", "--mover-image", "firn");
      shell.firn("restore", "latest", "--to-namespace", "lab", "--mover-image", "firn");
    }
    assertProcesses();
    assertJobs();
    assertThat(pods).isNotEmpty().allSatisfy(SecretsOutOfSightTest::assertSilent);
  }

  private void assertProcesses() {
    assertThat(processes).anyMatch(line -> line.contains("mover backup"));
    assertThat(processes).anyMatch(line -> line.contains("mover restore"));
    assertThat(processes)
        .allSatisfy(
            line -> assertThat(line).doesNotContain(PASSWORD, TOKEN, S3Proxy.shared().secretKey()));
  }

  private void assertJobs() {
    assertThat(jobs)
        .isNotEmpty()
        .allSatisfy(job -> {
          assertSilent(job);
          assertThat(job.findValues("secretName"))
              .as("one Secret, that of its run")
              .singleElement()
              .extracting(name -> name.asText())
              .asString()
              .contains(job.at("/metadata/labels").path("firn.io/run").asText());
          assertThat(job.findValues("env"))
              .as("the size of the heap, and nothing else")
              .allSatisfy(env ->
                  assertThat(env.findValuesAsText("name")).containsExactly("FIRN_JAVA_OPTS"));
          assertThat(job.findValues("envFrom")).isEmpty();
        });
  }

  /// Neither as it is nor as Kubernetes writes it, alone or within a file.
  private static void assertSilent(ObjectNode object) {
    for (String secret : List.of(PASSWORD, TOKEN, S3Proxy.shared().secretKey())) {
      assertThat(object.toString()).doesNotContain(secret).doesNotContain(base64(secret));
    }
  }

  /// What Base64 makes of a secret, whatever stands before and behind it: that shifts the letters
  /// by up to two bytes, and changes those that hold bits of both.
  private static List<String> base64(String secret) {
    List<String> forms = new ArrayList<>();
    for (int before = 0; before < 3; before++) {
      byte[] bytes = (" ".repeat(before) + secret).getBytes(StandardCharsets.UTF_8);
      String letters = Base64.getEncoder().withoutPadding().encodeToString(bytes);
      forms.add(letters.substring((before * 8 + 5) / 6, bytes.length * 8 / 6));
    }
    return forms;
  }

  /// Looks around while a mover waits for an answer of the store.
  private Optional<Fault> look(DiskShop shop, ProxiedRequest request) {
    if (request.path().contains("/shop/data/")) {
      ProcessHandle.current().descendants().forEach(this::note);
      for (String namespace : List.of("shop", "lab")) {
        jobs.addAll(run(shop, Kinds.JOB, namespace));
        pods.addAll(run(shop, Kinds.POD, namespace));
      }
    }
    return Optional.empty();
  }

  private static List<ObjectNode> run(DiskShop shop, ResourceKind kind, String namespace) {
    return shop.cluster().objects().list(kind, namespace, "firn.io/run");
  }

  /// Command line and environment, as root sees them.
  private void note(ProcessHandle process) {
    for (String file : List.of("cmdline", "environ")) {
      try {
        Path path = Path.of("/proc", Long.toString(process.pid()), file);
        processes.add(Files.readString(path, StandardCharsets.ISO_8859_1).replace('\0', ' '));
      } catch (IOException gone) {
        // It has ended meanwhile.
      }
    }
  }
}
