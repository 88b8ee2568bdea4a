package io.firn.simulator.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.simulator.api.RequestFaults.Verdict;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a fault does on the way, seen from both ends.
class FaultProxyTest {
  @TempDir private Path directory;
  private BehindTheProxy behind;
  private FaultProxy proxy;
  private ThroughTheProxy client;

  @BeforeEach
  void start() throws Exception {
    behind = BehindTheProxy.start(directory.resolve("behind"));
    proxy = FaultProxy.start(directory.resolve("proxy"), 0, behind.kubeconfig());
    client = new ThroughTheProxy(proxy.uri(), directory.resolve("proxy/proxy.crt"));
  }

  @AfterEach
  void stop() {
    client.close();
    proxy.close();
    behind.close();
  }

  @Test
  void request_withoutFault_arrivesAsItWasSent_andSoDoesTheAnswer() throws Exception {
    HttpResponse<String> answer = client.post("/api/v1/things?dryRun=All", "{\"a\": 1}");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo("made");
    assertThat(answer.headers().firstValue("Warning")).contains("299 - \"mind\"");
    assertThat(behind.seen()).containsExactly("POST /api/v1/things?dryRun=All tester {\"a\": 1}");
  }

  @Test
  void refused_isAnsweredWithAStatus_andDoesNotArrive() throws Exception {
    proxy.faults((method, path, user) -> new Verdict.Refuse(429, "slower", 3));
    HttpResponse<String> answer = client.post("/api/v1/things", "{}");

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("3");
    assertThat(answer.body()).contains("\"Status\"", "\"TooManyRequests\"", "slower");
    assertThat(behind.seen()).isEmpty();
  }

  @Test
  void verdict_isAskedForWithMethodAndPathAlone() throws Exception {
    proxy.faults((method, path, user) ->
        method.equals("POST") && path.equals("/api/v1/things")
            ? new Verdict.Refuse(500, "no", 0)
            : new Verdict.Pass());

    assertThat(client.post("/api/v1/things?x=y", "{}").statusCode()).isEqualTo(500);
    assertThat(client.get("/api/v1/things").statusCode()).isEqualTo(200);
  }

  @Test
  void cut_beforeTheWork_doesNotArrive_afterItDoes() {
    proxy.faults((method, path, user) -> new Verdict.Cut(false));
    assertThatThrownBy(() -> client.post("/api/v1/things", "{}")).isInstanceOf(IOException.class);
    assertThat(behind.seen()).isEmpty();

    proxy.faults((method, path, user) -> new Verdict.Cut(true));
    assertThatThrownBy(() -> client.post("/api/v1/things", "{}")).isInstanceOf(IOException.class);
    assertThat(behind.seen()).hasSize(1);
  }

  @Test
  void delayed_arrivesLater() throws Exception {
    proxy.faults((method, path, user) -> new Verdict.Delay(Duration.ofMillis(300)));
    long began = System.nanoTime();

    assertThat(client.get("/api/v1/things").statusCode()).isEqualTo(200);
    assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(300));
  }

  @Test
  void watch_isPassedOnPieceByPiece_andEndsBehindWhenTheClientLeaves() throws Exception {
    try (ThroughTheProxy.Watching watch = client.watch("/api/v1/things?watch=true")) {
      assertThat(watch.next()).isEqualTo("event 1");
      behind.goOn();
      assertThat(watch.next()).isEqualTo("event 2");
    }
    assertThat(behind.watchEnds()).as("the watch behind ends").isTrue();
  }

  @Test
  void upgradedConnection_isAPipe() throws Exception {
    try (SSLSocket socket = client.upgrade("/api/v1/pods/p/exec")) {
      assertThat(ThroughTheProxy.exchange(socket, "ping\n")).isEqualTo("echo ping");
      assertThat(ThroughTheProxy.exchange(socket, "pong\n")).isEqualTo("echo pong");
    }
  }

  @Test
  void serverGone_endsTheConnection() {
    behind.close();
    assertThatThrownBy(() -> client.get("/api/v1/things")).isInstanceOf(IOException.class);
  }

  @Test
  void manyAtOnce_eachGetsItsOwnAnswer() throws Exception {
    AtomicInteger right = new AtomicInteger();
    List<Thread> threads =
        java.util.stream.IntStream.range(0, 40)
            .mapToObj(i -> Thread.ofVirtual().start(() -> askFor(i, right)))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(right.get()).isEqualTo(40);
  }

  private void askFor(int number, AtomicInteger right) {
    try {
      if (client.get("/echo/" + number).body().equals("echo " + number)) {
        right.incrementAndGet();
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
