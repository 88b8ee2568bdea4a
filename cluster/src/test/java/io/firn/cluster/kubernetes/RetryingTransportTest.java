package io.firn.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.cluster.kubernetes.ApiRequest.Repeat;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryingTransportTest {
  private final Deque<Object> answers = new ArrayDeque<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final RetryingTransport transport =
      new RetryingTransport(new Scripted(), Duration.ofSeconds(30), pauses::add, new Random(1));

  @Test
  void send_serverErrors_areRepeatedWithGrowingPauses() throws IOException {
    answers.addAll(List.of(status(500), status(502), status(503), status(200)));
    ApiResponse response = transport.send(ApiRequest.get("/x"));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.attempts()).isEqualTo(4);
    assertThat(pauses).hasSize(3).isSorted();
  }

  @Test
  void send_retryAfter_isRespected() throws IOException {
    answers.add(new ApiResponse(429, "", Optional.of(Duration.ofSeconds(7)), 1));
    answers.add(status(200));
    assertThat(transport.send(ApiRequest.get("/x")).status()).isEqualTo(200);
    assertThat(pauses).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void send_budgetSpent_givesTheLastAnswer() throws IOException {
    for (int i = 0; i < 50; i++) {
      answers.add(status(503));
    }
    assertThat(transport.send(ApiRequest.get("/x")).status()).isEqualTo(503);
    Duration waited = pauses.stream().reduce(Duration.ZERO, Duration::plus);
    assertThat(waited).isLessThanOrEqualTo(Duration.ofSeconds(30));
    assertThat(waited).isGreaterThan(Duration.ofSeconds(10));
  }

  @Test
  void send_clientErrors_areNotRepeated() throws IOException {
    answers.addAll(List.of(status(409), status(200)));
    assertThat(transport.send(ApiRequest.get("/x")).status()).isEqualTo(409);
    assertThat(pauses).isEmpty();
  }

  @Test
  void send_onlyIfNothingWasDone_repeatsRefusalsButNoErrors() throws IOException {
    ApiRequest once = ApiRequest.get("/x").with(Repeat.IF_NOTHING_DONE, Duration.ofSeconds(1));
    answers.addAll(List.of(status(429), status(500), status(200)));
    assertThat(transport.send(once).status()).isEqualTo(500);
    answers.clear();
    answers.add(new IOException("cut"));
    assertThatThrownBy(() -> transport.send(once)).hasMessage("cut");
  }

  @Test
  void send_serverNeverReached_failsAtOnce_reachedOnce_isWaitedFor() throws IOException {
    answers.add(new ConnectException("refused"));
    assertThatThrownBy(() -> transport.send(ApiRequest.get("/x")))
        .isInstanceOf(ConnectException.class);
    answers.addAll(List.of(status(200), new ConnectException("refused"), status(200)));
    assertThat(transport.send(ApiRequest.get("/x")).attempts()).isEqualTo(1);
    assertThat(transport.send(ApiRequest.get("/x")).attempts()).isEqualTo(2);
  }

  private static ApiResponse status(int status) {
    return new ApiResponse(status, "", Optional.empty(), 1);
  }

  /// Answers as the test says.
  private final class Scripted implements Transport {
    @Override
    public ApiResponse send(ApiRequest request) throws IOException {
      Object next = answers.removeFirst();
      if (next instanceof IOException failure) {
        throw failure;
      }
      return (ApiResponse) next;
    }

    @Override
    public WatchStream watch(String pathAndQuery, Duration atMost) throws IOException {
      throw new IOException("nothing to watch");
    }
  }
}
