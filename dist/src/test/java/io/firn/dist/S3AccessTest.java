package io.firn.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.backend.s3.server.Fault;
import io.firn.backend.s3.server.FaultProxy;
import io.firn.backend.s3.server.ProxiedRequest;
import io.firn.backend.s3.server.S3Proxy;
import io.firn.backend.s3.server.TestAuthority;
import io.firn.backend.s3.server.TlsFront;
import io.firn.dist.FirnShell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store behind TLS with a private CA and with session tokens, as commands and their movers see
/// it.
class S3AccessTest {
  private static final String TOKEN = "session-token-of-an-hour";

  @TempDir Path folder;
  private final Queue<ProxiedRequest> requests = new ConcurrentLinkedQueue<>();
  private volatile Predicate<ProxiedRequest> expired = _ -> false;
  private FaultProxy store;
  private TlsFront front;
  private TestAuthority authority;
  private FirnShell shell;

  @BeforeEach
  void prepare() throws IOException {
    S3Proxy server = S3Proxy.shared();
    server.bucket("access");
    store = FaultProxy.start(server, this::answer);
    authority = TestAuthority.make(Files.createDirectory(folder.resolve("ca")));
    SSLContext context = authority.server("ip:127.0.0.1", "-1d", 30);
    front = TlsFront.start(store, context);
    shell = new FirnShell(folder, "snow on the mountain");
    shell.set(
        "FIRN_VAULT",
        "s3://access/%s?endpoint=%s&region=eu-1".formatted(UUID.randomUUID(), front.endpoint()));
    Path credentials = server.credentialsFile(folder);
    Files.writeString(
        credentials, Files.readString(credentials) + "aws_session_token = " + TOKEN + "\n");
    shell.set("FIRN_S3_CREDENTIALS_FILE", credentials);
    shell.set("FIRN_S3_CA_FILE", authority.certificate());
    shell.set("FIRN_DEBUG", "1");
  }

  private Optional<Fault> answer(ProxiedRequest request) {
    requests.add(request);
    return expired.test(request)
        ? Optional.of(new Fault.Answer(400, "ExpiredToken", ""))
        : Optional.empty();
  }

  @AfterEach
  void stop() {
    front.close();
    store.close();
  }

  @Test
  void authorityAndToken_reachMoversToo_andEveryRequestIsSignedWithThem() {
    try (DiskShop shop = DiskShop.start(folder.resolve("cluster"))) {
      shell.set("KUBECONFIG", shop.kubeconfig());
      shop.namespace("shop");
      byte[] disk = shop.machine("shop", "db", 8, 3);
      shell.firn("vault", "init");
      shell.firn("backup", "vm/db", "-n", "shop", "--mover-image", "firn");
      shell.firn("restore", "latest", "--to-namespace", "lab", "--mover-image", "firn");
      assertThat(shop.disk("lab", "db", disk.length)).isEqualTo(disk);
    }
    assertThat(requests).anyMatch(request -> request.path().contains("/shop/data/"));
    assertThat(requests)
        .allSatisfy(request -> {
          assertThat(request.header("x-amz-security-token")).contains(TOKEN);
          assertThat(request.header("authorization").orElseThrow())
              .containsPattern("SignedHeaders=[^,]*x-amz-security-token");
        });
  }

  @Test
  void wrongAuthority_endsWithANextStep_andBeforeAnyRequest() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("another-ca"));
    shell.set("FIRN_S3_CA_FILE", TestAuthority.make(elsewhere).certificate());
    Outcome outcome = shell.run("vault", "init", "-o", "json");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("\"code\":\"VAULT_MISCONFIGURED\"")
        .contains("Name its CA with --s3-ca-file");
    assertThat(requests).isEmpty();
  }

  @Test
  void tokenThatHasExpired_isNamed_andNotShown() {
    expired = _ -> true;
    Outcome outcome = shell.run("points", "-o", "json");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("\"code\":\"VAULT_ACCESS_REFUSED\"")
        .contains("session token of the credentials has expired")
        .contains("Get new credentials");
    assertThat(outcome.all()).doesNotContain(TOKEN, S3Proxy.shared().secretKey());
  }

  @Test
  void tokenThatExpiresUnderAMover_endsTheBackupWithThatReason_andNoPoint() {
    try (DiskShop shop = DiskShop.start(folder.resolve("cluster"))) {
      shell.set("KUBECONFIG", shop.kubeconfig());
      shop.namespace("shop");
      byte[] disk = shop.machine("shop", "db", 8, 3);
      assertThat(disk).isNotEmpty();
      shell.firn("vault", "init");
      expired = request -> request.isUpload() && request.path().contains("/shop/data/");
      Outcome outcome =
          shell.run("backup", "vm/db", "-n", "shop", "--mover-image", "firn", "-o", "json");
      assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(1);
      assertThat(outcome.err())
          .contains("VAULT_ACCESS_REFUSED")
          .contains("session token of the credentials has expired");
      assertThat(outcome.all()).doesNotContain(TOKEN, S3Proxy.shared().secretKey());
      expired = _ -> false;
      assertThat(shell.firn("points")).doesNotContain("vm/db");
    }
  }
}
