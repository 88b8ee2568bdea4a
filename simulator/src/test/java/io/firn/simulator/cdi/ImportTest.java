package io.firn.simulator.cdi;

import static io.firn.simulator.client.Fields.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.firn.simulator.TestCluster;
import io.firn.simulator.client.ClaimHandle;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.Types;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Imports and clones that really move bytes.
class ImportTest {
  private static final int SIZE = 5 * (1 << 16) + 512;
  private static final byte[] DISK = Qcow2ImageTest.disk(SIZE, 7);
  @TempDir static Path folder;
  private static TestCluster cluster;
  private static HttpServer server;

  @BeforeAll
  static void start() throws IOException {
    byte[] qcow2 = Qcow2Fixture.encode(DISK);
    Map<String, byte[]> files =
        Map.of(
            "/raw",
            DISK,
            "/raw-gz",
            gzip(DISK),
            "/qcow2",
            qcow2,
            "/qcow2-gz",
            gzip(qcow2),
            "/large",
            new byte[32 << 20]);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] file = files.get(exchange.getRequestURI().getPath());
          exchange.sendResponseHeaders(file == null ? 404 : 200, file == null ? -1 : file.length);
          try (OutputStream body = exchange.getResponseBody()) {
            body.write(file == null ? new byte[0] : file);
          }
        });
    server.start();
    cluster = new TestCluster(folder);
    cluster.namespace("images");
  }

  @AfterAll
  static void stop() {
    cluster.close();
    server.stop(0);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static void volume(String name, String mode, String source) {
    cluster.create(
        CdiTypes.DATA_VOLUME,
        """
        apiVersion: cdi.kubevirt.io/v1beta1
        kind: DataVolume
        metadata: {name: %s, namespace: images}
        spec:
          source: %s
          storage:
            accessModes: [ReadWriteOnce]
            volumeMode: %s
            resources: {requests: {storage: 16Mi}}
        """
            .formatted(name, source, mode));
  }

  private static String url(String path) {
    return "{http: {url: \"http://127.0.0.1:" + server.getAddress().getPort() + path + "\"}}";
  }

  private static byte[] content(String claim) throws IOException {
    String handle = new ClaimHandle(cluster.client()).of("images", claim).orElseThrow();
    Path path = cluster.cluster().volumeStore().path(handle);
    return Files.readAllBytes(Files.isDirectory(path) ? path.resolve("disk.img") : path);
  }

  private static void assertFilled(String claim) throws IOException {
    byte[] found = content(claim);
    assertThat(found.length).isEqualTo(16 << 20);
    byte[] wanted = Arrays.copyOf(DISK, found.length);
    assertThat(Arrays.mismatch(found, wanted)).as("first difference in %s", claim).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({
    "raw, Filesystem",
    "raw, Block",
    "raw-gz, Filesystem",
    "qcow2, Filesystem",
    "qcow2, Block",
    "qcow2-gz, Block"
  })
  void http_image_becomesTheDisk(String image, String mode) throws IOException {
    String name = image + "-" + mode.toLowerCase(java.util.Locale.ROOT);
    volume(name, mode, url("/" + image));

    ObjectNode volume = cluster.awaitPhase(CdiTypes.DATA_VOLUME, "images", name, "Succeeded");

    assertThat(text(volume, "status", "progress")).isEqualTo("100.0%");
    ObjectNode claim = cluster.get(Types.CLAIM, "images", name);
    assertThat(Meta.annotation(claim, Keys.IMPORT_SOURCE)).isEqualTo("http");
    assertThat(Meta.annotation(claim, Keys.POD_PHASE)).isEqualTo("Succeeded");
    assertFilled(name);
    cluster.awaitGone(Types.POD, "images", "importer-" + name);
  }

  @Test
  void http_imageThatIsNotThere_isTriedAgainAndSaid() {
    volume("absent", "Block", url("/absent"));
    // While it is tried once more nothing is said, and the tries follow one another quickly.
    ObjectNode volume =
        cluster.await(
            CdiTypes.DATA_VOLUME,
            "images",
            "absent",
            dv ->
                Fields.at(dv, "status", "restartCount").asInt() >= 1
                    && runningMessage(dv).contains("expected status code 200, got 404"));
    assertThat(text(volume, "status", "phase")).isEqualTo("ImportInProgress");
  }

  private static String runningMessage(ObjectNode volume) {
    return Fields.named(Fields.at(volume, "status", "conditions"), "type", "Running")
        .map(running -> text(running, "message"))
        .orElse("");
  }

  @Test
  void http_imageLargerThanTheClaim_isSaid() {
    volume("large", "Block", url("/large"));
    cluster.await(
        CdiTypes.DATA_VOLUME,
        "images",
        "large",
        dv -> runningMessage(dv).contains("A larger PVC is required"));
  }

  @Test
  void clones_ofAClaimAndOfASnapshot_haveItsContent() throws IOException {
    volume("source", "Block", url("/raw"));
    cluster.awaitPhase(CdiTypes.DATA_VOLUME, "images", "source", "Succeeded");
    cluster.create(
        Types.SNAPSHOT,
        """
        apiVersion: snapshot.storage.k8s.io/v1
        kind: VolumeSnapshot
        metadata: {name: snap, namespace: images}
        spec: {source: {persistentVolumeClaimName: source}}
        """);
    cluster.await(
        Types.SNAPSHOT, "images", "snap", s -> Fields.at(s, "status", "readyToUse").asBoolean());

    volume("from-claim", "Block", "{pvc: {namespace: images, name: source}}");
    volume("from-snapshot", "Filesystem", "{snapshot: {namespace: images, name: snap}}");

    cluster.awaitPhase(CdiTypes.DATA_VOLUME, "images", "from-claim", "Succeeded");
    assertThat(Arrays.equals(content("from-claim"), content("source"))).isTrue();
    cluster.awaitPhase(CdiTypes.DATA_VOLUME, "images", "from-snapshot", "Succeeded");
    assertFilled("from-snapshot");
  }
}
