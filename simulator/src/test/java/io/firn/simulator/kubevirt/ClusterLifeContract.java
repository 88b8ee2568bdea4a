package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.firn.simulator.ControlPlane;
import io.firn.simulator.TestCluster;
import io.firn.simulator.api.AdmissionPlugin;
import io.firn.simulator.cdi.CdiTypes;
import io.firn.simulator.client.ApiFailure;
import io.firn.simulator.client.ClaimHandle;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What a cluster does on whatever control plane: machines run and freeze, claims are filled, logs
/// can be read and followed, plugins are asked. Subclasses say which.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClusterLifeContract {
  private final ControlPlane plane;
  private TestCluster cluster;
  private String namespace;

  ClusterLifeContract(ControlPlane plane) {
    this.plane = plane;
  }

  @BeforeAll
  void start(@TempDir Path folder) {
    cluster = new TestCluster(folder, plane);
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @BeforeEach
  void makeNamespace() {
    namespace = "life-" + UUID.randomUUID().toString().substring(0, 8);
    cluster.namespace(namespace);
  }

  @AfterEach
  void removeNamespace() {
    cluster.delete(Types.NAMESPACE, "", namespace);
    cluster.awaitGone(Types.NAMESPACE, "", namespace);
  }

  @Test
  void aMachineRuns_freezesAndThaws_andGoesWithWhatIsItsOwn() throws Exception {
    cluster.create(VirtTypes.MACHINE, Yaml.machine(namespace, "db", "Always"));
    cluster.await(
        VirtTypes.INSTANCE, namespace, "db", vmi -> Conditions.isTrue(vmi, "AgentConnected"));

    assertThat(act("freeze", "{\"unfreezeTimeout\":\"1m0s\"}")).isBetween(200, 202);
    assertThat(guestFrozen()).isTrue();
    cluster.await(
        VirtTypes.INSTANCE,
        namespace,
        "db",
        vmi -> text(vmi, "status", "fsFreezeStatus").equals("frozen"));
    assertThat(act("unfreeze", "")).isBetween(200, 202);
    assertThat(guestFrozen()).isFalse();

    cluster.delete(VirtTypes.MACHINE, namespace, "db");
    cluster.awaitGone(VirtTypes.INSTANCE, namespace, "db");
    cluster.awaitGone(Types.CLAIM, namespace, "db-root");
    assertThat(cluster.cluster().guest(namespace, "db")).isEmpty();
  }

  private boolean guestFrozen() throws Exception {
    return cluster.cluster().guest(namespace, "db").orElseThrow().frozen();
  }

  private int act(String verb, String body) throws Exception {
    Config config = Config.fromKubeconfig(cluster.cluster().kubeconfig().toFile());
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      String path =
          "/apis/subresources.kubevirt.io/v1/namespaces/%s/virtualmachineinstances/db/%s"
              .formatted(namespace, verb);
      HttpRequest request =
          client
              .getHttpClient()
              .newHttpRequestBuilder()
              .uri(cluster.cluster().server() + path)
              .header("Accept", "application/json, */*")
              .method("PUT", "application/json", body)
              .build();
      HttpResponse<String> response = client.getHttpClient().sendAsync(request, String.class).get();
      assertThat(response.body() == null ? "" : response.body()).isEmpty();
      return response.code();
    }
  }

  @Test
  void anImportWritesWhatWasServed() throws Exception {
    byte[] disk = new byte[300_000];
    Arrays.fill(disk, 70_000, 90_000, (byte) 7);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, disk.length);
            if (!exchange.getRequestMethod().equals("HEAD")) {
              exchange.getResponseBody().write(disk);
            }
          }
        });
    server.start();
    try {
      cluster.create(
          CdiTypes.DATA_VOLUME,
          """
          apiVersion: cdi.kubevirt.io/v1beta1
          kind: DataVolume
          metadata: {name: image, namespace: %s}
          spec:
            source: {http: {url: "http://127.0.0.1:%d/disk.img"}}
            pvc: {accessModes: [ReadWriteOnce], volumeMode: Block, storageClassName: fast,
              resources: {requests: {storage: 16Mi}}}
          """
              .formatted(namespace, server.getAddress().getPort()));
      cluster.awaitPhase(CdiTypes.DATA_VOLUME, namespace, "image", "Succeeded");
      assertThat(Arrays.copyOf(bytes("image"), disk.length)).isEqualTo(disk);
      cloned("copy", "fast");
      assertThat(Arrays.copyOf(bytes("copy"), disk.length)).isEqualTo(disk);
      cloned("elsewhere", "plain");
      assertThat(Arrays.copyOf(bytes("elsewhere"), disk.length)).isEqualTo(disk);
    } finally {
      server.stop(0);
    }
  }

  private void cloned(String name, String storageClass) {
    cluster.create(
        CdiTypes.DATA_VOLUME,
        """
        apiVersion: cdi.kubevirt.io/v1beta1
        kind: DataVolume
        metadata: {name: %2$s, namespace: %1$s}
        spec:
          source: {pvc: {namespace: %1$s, name: image}}
          pvc: {accessModes: [ReadWriteOnce], volumeMode: Block, storageClassName: %3$s,
            resources: {requests: {storage: 16Mi}}}
        """
            .formatted(namespace, name, storageClass));
    cluster.awaitPhase(CdiTypes.DATA_VOLUME, namespace, name, "Succeeded");
  }

  private byte[] bytes(String claim) throws Exception {
    String handle = new ClaimHandle(cluster.client()).of(namespace, claim).orElseThrow();
    return Files.readAllBytes(cluster.cluster().volumeStore().path(handle));
  }

  @Test
  void logs_areReadAsAsked_andFollowedToTheEnd() throws Exception {
    cluster.create(
        Types.POD,
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: talker, namespace: %s}
        spec:
          restartPolicy: Never
          containers:
          - {name: main, image: shell, args: ["for i in 1 2 3 4; do echo line $i; sleep 0.5; done"]}
        """
            .formatted(namespace));
    cluster.awaitPhase(Types.POD, namespace, "talker", "Running");
    assertThat(log("follow=true")).isEqualTo("line 1\nline 2\nline 3\nline 4\n");
    assertThat(log("tailLines=2")).isEqualTo("line 3\nline 4\n");
    assertThat(log("limitBytes=10")).isEqualTo("line 1\nlin");
    assertThat(log("timestamps=true").lines())
        .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT\\S+Z line \\d"))
        .hasSize(4);
    assertThat(log("sinceSeconds=3600")).hasLineCount(4);
    assertThatThrownBy(() -> log("previous=true"))
        .hasMessageContaining("previous terminated container \"main\" in pod \"talker\" not found");
  }

  private String log(String query) {
    return cluster
        .client()
        .text(Types.POD, new ObjectKey(namespace, "talker"), "log?container=main&" + query);
  }

  @Test
  void aPluginIsAskedAtOnce_andItsDenialReachesTheUser() {
    cluster.cluster().admit(new NoClaimCalledEvil(namespace));
    assertThatThrownBy(() -> cluster.claim(namespace, "evil", "Block", ""))
        .isInstanceOf(ApiFailure.class)
        .hasMessage("admission webhook \"evil.claims.example\" denied the request: not that name");
    ObjectNode marked = cluster.claim(namespace, "good", "Block", "");
    assertThat(text(marked, "metadata", "labels", "seen")).isEqualTo("yes");
  }

  private record NoClaimCalledEvil(String namespace) implements AdmissionPlugin {
    @Override
    public String name() {
      return "evil.claims.example";
    }

    @Override
    public List<Scope> scopes() {
      return Scope.writes("", "persistentvolumeclaims");
    }

    @Override
    public boolean handles(Request request) {
      return request.plural().equals("persistentvolumeclaims")
          && request.operation().equals("CREATE")
          && request.namespace().equals(namespace);
    }

    @Override
    public void mutate(Request request, ObjectNode object) {
      Fields.object(object, "metadata", "labels").put("seen", "yes");
    }

    @Override
    public void validate(Request request, ObjectNode object) throws Denial {
      if (text(object, "metadata", "name").equals("evil")) {
        throw new Denial(403, "Forbidden", "not that name");
      }
    }
  }
}
