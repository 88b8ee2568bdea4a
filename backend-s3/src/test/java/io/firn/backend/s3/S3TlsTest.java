package io.firn.backend.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.backend.s3.server.S3Proxy;
import io.firn.backend.s3.server.TestAuthority;
import io.firn.backend.s3.server.TestServer;
import io.firn.backend.s3.server.TlsFront;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.PermanentBackendException;
import io.firn.repository.backend.PermanentBackendException.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stores behind TLS with a certificate that no system trusts by itself.
class S3TlsTest {
  private static final FileHandle INDEX = new FileHandle(FileType.INDEX, "a".repeat(64));
  private static final String HERE = "ip:127.0.0.1";

  @TempDir static Path authorities;
  private static TestAuthority ours;
  private static TestAuthority another;

  @TempDir Path folder;
  private final S3Proxy server = S3Proxy.shared();

  @BeforeAll
  static void makeAuthorities() throws IOException {
    ours = TestAuthority.make(Files.createDirectories(authorities.resolve("ours")));
    another = TestAuthority.make(Files.createDirectories(authorities.resolve("another")));
  }

  @Test
  void privateAuthority_thatIsNamed_isTrusted() throws IOException {
    try (TlsFront front = TlsFront.start(server, ours.server(HERE, "-1d", 30))) {
      Backend backend = backend(front, Optional.of(ours.certificate()));
      byte[] content = new byte[300_000];
      backend.save(INDEX, ByteBuffer.wrap(content));
      assertThat(backend.load(INDEX)).isEqualTo(content);
    }
  }

  @Test
  void privateAuthority_thatIsNotNamed_isRefusedAtOnce_andTheFlagIsTold() {
    try (TlsFront front = TlsFront.start(server, ours.server(HERE, "-1d", 30))) {
      assertRefused(
          () -> backend(front, Optional.empty()).load(INDEX), "Name its CA with --s3-ca-file");
      assertThat(front.connections()).as("tries").isEqualTo(1);
    }
  }

  @Test
  void wrongAuthority_isRefusedAtOnce_andTheFlagIsTold() {
    try (TlsFront front = TlsFront.start(server, ours.server(HERE, "-1d", 30))) {
      Optional<Path> wrong = Optional.of(another.certificate());
      assertRefused(() -> backend(front, wrong).load(INDEX), "Name its CA with --s3-ca-file");
      assertThat(front.connections()).as("tries").isEqualTo(1);
    }
  }

  @Test
  void certificateOfAnotherHost_isRefused_andTheHostNamed() {
    try (TlsFront front = TlsFront.start(server, ours.server("dns:elsewhere", "-1d", 30))) {
      assertRefused(
          () -> backend(front, Optional.of(ours.certificate())).load(INDEX), "127.0.0.1 found");
    }
  }

  @Test
  void certificateThatHasExpired_isRefused_andTheDayNamed() {
    try (TlsFront front = TlsFront.start(server, ours.server(HERE, "-9d", 2))) {
      assertRefused(() -> backend(front, Optional.of(ours.certificate())).load(INDEX), "NotAfter");
    }
  }

  @Test
  void serverWithoutTls_isRefused_andHttpsQuestioned() {
    URI https = URI.create("https://127.0.0.1:" + server.endpoint().getPort());
    assertRefused(
        () -> backend(https, server, Optional.empty()).load(INDEX),
        "Check that the endpoint speaks https on this port");
  }

  @Test
  void fileWithoutCertificates_isNamed() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "no certificate\n");
    assertRefused(() -> backend(server, Optional.of(empty)).load(INDEX), empty.toString());
    Path absent = folder.resolve("absent.pem");
    assertRefused(() -> backend(server, Optional.of(absent)).load(INDEX), absent.toString());
  }

  private void assertRefused(ThrowingCallable use, String words) {
    assertThatThrownBy(use)
        .isInstanceOfSatisfying(
            PermanentBackendException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.MISCONFIGURED))
        .hasMessageContaining(words)
        .hasMessageNotContaining(server.secretKey());
  }

  private Backend backend(TestServer at, Optional<Path> authority) {
    return backend(at.endpoint(), at, authority);
  }

  private Backend backend(URI endpoint, TestServer at, Optional<Path> authority) {
    server.bucket("tls");
    S3Access access = new S3Access(Optional.of(at.credentialsFile(folder)), authority);
    S3Settings settings = S3Testing.settings(endpoint, "tls", UUID.randomUUID().toString());
    return new S3Store(settings, access).backend("repo");
  }
}
