package io.firn.backend.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.backend.s3.server.Fault;
import io.firn.backend.s3.server.FaultProxy;
import io.firn.backend.s3.server.ProxiedRequest;
import io.firn.backend.s3.server.S3Proxy;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.PermanentBackendException;
import io.firn.repository.backend.PermanentBackendException.Reason;
import io.firn.repository.crypto.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Single faults between us and a real server: what passes is not seen, what stays is named.
class S3FaultsTest {
  private static final byte[] CONTENT = content();
  private static final FileHandle INDEX = new FileHandle(FileType.INDEX, name(CONTENT));

  @TempDir Path folder;
  private final S3Proxy server = S3Proxy.shared();
  private final String place = UUID.randomUUID().toString();

  @ParameterizedTest
  @CsvSource({
    "500, InternalError, ''",
    "503, SlowDown, Retry-After: 1",
    "429, TooManyRequests, ''",
    "502, '', ''",
    "400, RequestTimeout, ''",
    "400, BadDigest, ''",
    "409, ConditionalRequestConflict, ''"
  })
  void answerThatPasses_isNotSeen(int status, String code, String header) throws IOException {
    Fault fault = new Fault.Answer(status, code, header);
    try (FaultProxy proxy = first(2, request -> true, fault)) {
      Backend backend = backend(proxy);
      backend.save(INDEX, ByteBuffer.wrap(CONTENT));
      assertThat(backend.load(INDEX)).isEqualTo(CONTENT);
      assertThat(proxy.done()).hasSize(2);
    }
  }

  @Test
  void uploadThatIsCut_isSentAgain() throws IOException {
    try (FaultProxy proxy = first(2, ProxiedRequest::isUpload, new Fault.CutUpload())) {
      Backend backend = backend(proxy);
      backend.save(INDEX, ByteBuffer.wrap(CONTENT));
      assertThat(backend.load(INDEX)).isEqualTo(CONTENT);
    }
  }

  @Test
  void answerThatIsLost_isRecognisedAsOurs_andAnothersIsNot() throws IOException {
    try (FaultProxy proxy = first(1, ProxiedRequest::isUpload, new Fault.LoseAnswer())) {
      backend(proxy).save(INDEX, ByteBuffer.wrap(CONTENT));
    }
    byte[] other = CONTENT.clone();
    other[7] ^= 1;
    Fault failed = new Fault.Answer(500, "InternalError", "");
    try (FaultProxy proxy = first(1, ProxiedRequest::isUpload, failed)) {
      assertThatThrownBy(() -> backend(proxy).save(INDEX, ByteBuffer.wrap(other)))
          .isInstanceOf(FileAlreadyExistsException.class);
    }
    assertThat(backend(server).load(INDEX)).isEqualTo(CONTENT);
  }

  @Test
  void downloadThatIsHurtOnTheWay_isFetchedAgain() throws IOException {
    backend(server).save(INDEX, ByteBuffer.wrap(CONTENT));
    for (Fault fault :
        new Fault[] {
          new Fault.CutDownload(), new Fault.ShortenedDownload(), new Fault.FlippedDownload()
        }) {
      try (FaultProxy proxy = first(1, ProxiedRequest::isDownload, fault)) {
        assertThat(backend(proxy).load(INDEX)).as(fault.toString()).isEqualTo(CONTENT);
        assertThat(proxy.done()).hasSize(1);
      }
    }
  }

  @Test
  void rangeThatIsCutOrShortened_isFetchedAgain() throws IOException {
    backend(server).save(INDEX, ByteBuffer.wrap(CONTENT));
    for (Fault fault : new Fault[] {new Fault.CutDownload(), new Fault.ShortenedDownload()}) {
      try (FaultProxy proxy = first(1, ProxiedRequest::isDownload, fault)) {
        ByteBuffer target = ByteBuffer.allocate(1000);
        backend(proxy).load(INDEX, 500, target);
        assertThat(target.flip())
            .as(fault.toString())
            .isEqualTo(ByteBuffer.wrap(CONTENT, 500, 1000));
      }
    }
  }

  @Test
  void answerWithoutItsLength_isReadAllTheSame() throws IOException {
    backend(server).save(INDEX, ByteBuffer.wrap(CONTENT));
    try (FaultProxy proxy = first(4, ProxiedRequest::isDownload, new Fault.WithoutLength())) {
      Backend backend = backend(proxy);
      assertThat(backend.load(INDEX)).isEqualTo(CONTENT);
      ByteBuffer target = ByteBuffer.allocate(1000);
      backend.load(INDEX, 500, target);
      assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(CONTENT, 500, 1000));
      ByteBuffer beyond = ByteBuffer.allocate(1000);
      assertThatThrownBy(() -> backend.load(INDEX, CONTENT.length - 10, beyond))
          .isInstanceOf(EOFException.class);
    }
  }

  @Test
  void sizeThatNobodyTells_isSaid() throws IOException {
    backend(server).save(INDEX, ByteBuffer.wrap(CONTENT));
    try (FaultProxy proxy =
        FaultProxy.start(server, request -> Optional.of(new Fault.WithoutLength()))) {
      assertThatThrownBy(() -> backend(proxy).size(INDEX))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Content-Length");
    }
  }

  @Test
  void staleList_onlyLacksWhatIsNew() throws IOException {
    try (FaultProxy proxy = FaultProxy.start(server, request -> stale(request))) {
      Backend backend = backend(proxy);
      assertThat(backend.list(FileType.INDEX)).isEmpty();
      backend.save(INDEX, ByteBuffer.wrap(CONTENT));
      assertThat(backend.list(FileType.INDEX)).isEmpty();
      assertThat(backend(server).list(FileType.INDEX))
          .containsExactly(new FileEntry(INDEX, CONTENT.length));
    }
  }

  private static Optional<Fault> stale(ProxiedRequest request) {
    return request.isList() ? Optional.of(new Fault.StaleList()) : Optional.empty();
  }

  @ParameterizedTest
  @CsvSource({
    "400, ExpiredToken, '', ACCESS_REFUSED, session token",
    "403, AccessDenied, '', ACCESS_REFUSED, may not touch index/",
    "403, SignatureDoesNotMatch, '', ACCESS_REFUSED, does not accept the credentials",
    // Without a Date: the SDK would set its clock, for all tests of this JVM, by it.
    "403, RequestTimeTooSkewed, '', MISCONFIGURED, clock",
    "404, NoSuchBucket, '', PLACE_ABSENT, there is no bucket 'faults'",
    "301, PermanentRedirect, 'x-amz-bucket-region: eu-9', MISCONFIGURED, Add region=eu-9",
    "400, AuthorizationHeaderMalformed, '', MISCONFIGURED, region",
    "403, QuotaExceeded, '', NO_SPACE, takes no more",
    "507, InsufficientStorage, '', NO_SPACE, takes no more"
  })
  void answerThatStays_isToldAtOnce_withReasonAndNextStep(
      int status, String code, String header, Reason reason, String words) {
    Fault fault = new Fault.Answer(status, code, header);
    try (FaultProxy proxy = first(Integer.MAX_VALUE, request -> true, fault)) {
      assertThatThrownBy(() -> backend(proxy).load(INDEX))
          .isInstanceOfSatisfying(
              PermanentBackendException.class, e -> assertThat(e.reason()).isEqualTo(reason))
          .hasMessageContaining(words)
          .hasMessageNotContaining(server.secretKey());
      assertThat(proxy.requests()).as("tries").isEqualTo(1);
    }
  }

  @Test
  void serverThatStaysDown_isGivenUp_withinTheBudget() {
    Fault fault = new Fault.Answer(503, "SlowDown", "");
    try (FaultProxy proxy = first(Integer.MAX_VALUE, request -> true, fault)) {
      Backend backend = backend(proxy);
      assertThatThrownBy(() -> backend.load(INDEX))
          .isInstanceOfSatisfying(
              PermanentBackendException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.EXHAUSTED))
          .hasMessageContaining("SlowDown")
          .hasMessageContaining("10 tries");
      for (int i = 0; i < 60; i++) {
        assertThatThrownBy(() -> backend.load(INDEX)).isInstanceOf(IOException.class);
      }
      int tokens = RetryBudget.DEFAULT.tokens() / RetryBudget.RETRY_COST;
      assertThat(proxy.requests()).as("tries of 61 operations").isEqualTo(tokens + 61);
    }
  }

  private FaultProxy first(int count, Predicate<ProxiedRequest> which, Fault fault) {
    AtomicInteger left = new AtomicInteger(count);
    return FaultProxy.start(
        server,
        request ->
            which.test(request) && left.getAndDecrement() > 0
                ? Optional.of(fault)
                : Optional.empty());
  }

  private Backend backend(io.firn.backend.s3.server.TestServer by) {
    server.bucket("faults");
    return S3Testing.store(by, folder, "faults").backend(place);
  }

  private static byte[] content() {
    byte[] bytes = new byte[200_000];
    new Random(3).nextBytes(bytes);
    return bytes;
  }

  private static String name(byte[] content) {
    return Sha256.of(content).toString();
  }
}
