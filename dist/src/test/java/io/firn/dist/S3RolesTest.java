package io.firn.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.backend.s3.server.FaultProxy;
import io.firn.backend.s3.server.ProxiedRequest;
import io.firn.backend.s3.server.RoleServer;
import io.firn.backend.s3.server.S3Proxy;
import io.firn.backend.s3.server.TestAuthority;
import io.firn.backend.s3.server.TestServer;
import io.firn.backend.s3.server.TlsFront;
import io.firn.dist.FirnShell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Access by roles, as pods and instances have it: real processes, since all of it comes from the
/// environment, and servers that give roles out as AWS does.
class S3RolesTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path folder;
  private final Queue<ProxiedRequest> requests = new ConcurrentLinkedQueue<>();
  private FaultProxy store;
  private FirnShell shell;

  @BeforeEach
  void prepare() {
    S3Proxy server = S3Proxy.shared();
    server.bucket("roles");
    store =
        FaultProxy.start(
            server,
            request -> {
              requests.add(request);
              return Optional.empty();
            });
    shell = new FirnShell(folder, "snow on the mountain");
    shell.set(
        "FIRN_VAULT",
        "s3://roles/%s?endpoint=%s&region=eu-1".formatted(UUID.randomUUID(), store.endpoint()));
    shell.set("AWS_EC2_METADATA_DISABLED", "true");
    shell.set("FIRN_DEBUG", "1");
  }

  @AfterEach
  void stop() {
    store.close();
  }

  @Test
  void webIdentity_isExchangedForTheRole() throws IOException {
    try (RoleServer roles = RoleServer.start(S3Proxy.shared(), HOUR)) {
      webIdentity(roles, RoleServer.IDENTITY);
      assertVaultIsMade();
      assertThat(roles.given()).containsOnly("web-identity").hasSize(1);
    }
  }

  @Test
  void webIdentity_whoseRoleEndsSoon_isExchangedAgain() throws IOException {
    try (RoleServer roles = RoleServer.start(S3Proxy.shared(), Duration.ofSeconds(20))) {
      webIdentity(roles, RoleServer.IDENTITY);
      assertVaultIsMade();
      assertThat(roles.given()).hasSizeGreaterThan(1);
    }
  }

  @Test
  void webIdentity_thatHasExpired_isToldInTheTokenServicesWords() throws IOException {
    try (RoleServer roles = RoleServer.start(S3Proxy.shared(), HOUR)) {
      webIdentity(roles, "identity-token-of-yesterday");
      Outcome outcome = shell.process(List.of(), "vault", "init");
      assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(1);
      assertThat(outcome.err()).contains("Token expired").contains("AWS_WEB_IDENTITY_TOKEN_FILE");
      assertSilent(outcome);
    }
  }

  @Test
  void webIdentity_whoseTokenServiceHasAPrivateAuthority_isExchangedWhereThatIsNamed()
      throws IOException {
    TestAuthority authority = TestAuthority.make(folder);
    try (RoleServer roles = RoleServer.start(S3Proxy.shared(), HOUR);
        TlsFront front = TlsFront.start(roles, authority.server("ip:127.0.0.1", "-1d", 30))) {
      webIdentity(front, RoleServer.IDENTITY);
      Outcome unnamed = shell.process(List.of(), "vault", "init");
      assertThat(unnamed.exitCode()).as(unnamed.all()).isEqualTo(1);
      assertThat(unnamed.err()).contains("Name its CA with --s3-ca-file");
      assertThat(roles.given()).isEmpty();

      shell.set("FIRN_S3_CA_FILE", authority.certificate());
      assertVaultIsMade();
      assertThat(roles.given()).containsOnly("web-identity").hasSize(1);
    }
  }

  @Test
  void roleOfAProfile_isTakenOn_whereItsTokenServicesPrivateAuthorityIsNamed() throws IOException {
    TestAuthority authority = TestAuthority.make(folder);
    try (RoleServer roles = RoleServer.start(S3Proxy.shared(), HOUR);
        TlsFront front = TlsFront.start(roles, authority.server("ip:127.0.0.1", "-1d", 30))) {
      profile(front, "source_profile = base");
      Outcome unnamed = shell.process(List.of(), "vault", "init");
      assertThat(unnamed.exitCode()).as(unnamed.all()).isEqualTo(1);
      assertThat(unnamed.err()).contains("profile 'firn'").contains("--s3-ca-file");
      assertThat(roles.given()).isEmpty();

      shell.set("FIRN_S3_CA_FILE", authority.certificate());
      assertVaultIsMade();
      assertThat(roles.given()).containsOnly("assumed").hasSize(1);
    }
  }

  @Test
  void roleOfAProfile_withTheTokenOfAPod_isExchangedThereToo() throws IOException {
    TestAuthority authority = TestAuthority.make(folder);
    try (RoleServer roles = RoleServer.start(S3Proxy.shared(), HOUR);
        TlsFront front = TlsFront.start(roles, authority.server("ip:127.0.0.1", "-1d", 30))) {
      Path token = Files.writeString(folder.resolve("identity"), RoleServer.IDENTITY);
      profile(front, "web_identity_token_file = " + token);
      shell.set("FIRN_S3_CA_FILE", authority.certificate());
      assertVaultIsMade();
      assertThat(roles.given()).containsOnly("web-identity").hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"EcsContainer, container", "Ec2InstanceMetadata, instance"})
  void roleOfAProfile_isTakenOn_withWhatTheMachineHas(String source, String given)
      throws IOException {
    TestAuthority authority = TestAuthority.make(folder);
    try (RoleServer roles = RoleServer.start(S3Proxy.shared(), HOUR);
        TlsFront front = TlsFront.start(roles, authority.server("ip:127.0.0.1", "-1d", 30))) {
      profile(front, "credential_source = " + source);
      machine(roles);
      shell.set("FIRN_S3_CA_FILE", authority.certificate());
      assertVaultIsMade();
      assertThat(roles.given()).containsExactly(given, "assumed");
    }
  }

  @Test
  void roleOfAProfileThatLeadsToItself_isToldOf() throws IOException {
    TestAuthority authority = TestAuthority.make(folder);
    try (RoleServer roles = RoleServer.start(S3Proxy.shared(), HOUR)) {
      profile(roles, "source_profile = firn");
      shell.set("FIRN_S3_CA_FILE", authority.certificate());
      Outcome outcome = shell.process(List.of(), "vault", "init");
      assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(1);
      assertThat(outcome.err()).contains("profile 'firn'").contains("Circular");
    }
  }

  @Test
  void container_givesTheRole() throws IOException {
    try (RoleServer roles = RoleServer.start(S3Proxy.shared(), HOUR)) {
      container(roles);
      assertVaultIsMade();
      assertThat(roles.given()).containsOnly("container");
    }
  }

  @Test
  void instance_givesTheRole() {
    try (RoleServer roles = RoleServer.start(S3Proxy.shared(), HOUR)) {
      instance(roles);
      assertVaultIsMade();
      assertThat(roles.given()).containsOnly("instance");
    }
  }

  @Test
  void nothingAtAll_isRefused_andTheWaysAreTold() {
    Outcome outcome = shell.process(List.of(), "vault", "init");
    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(1);
    assertThat(outcome.err()).contains("no credentials").contains("--s3-credentials-file");
    assertThat(requests).isEmpty();
  }

  private void machine(RoleServer roles) throws IOException {
    container(roles);
    instance(roles);
  }

  private void container(RoleServer roles) throws IOException {
    Path token = Files.writeString(folder.resolve("token"), RoleServer.IDENTITY);
    shell.set("AWS_CONTAINER_CREDENTIALS_FULL_URI", roles.endpoint() + "/container");
    shell.set("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token);
  }

  private void instance(RoleServer roles) {
    shell.set("AWS_EC2_METADATA_DISABLED", "false");
    shell.set("AWS_EC2_METADATA_SERVICE_ENDPOINT", roles.endpoint());
  }

  private void webIdentity(TestServer roles, String token) throws IOException {
    shell.set("AWS_ROLE_ARN", RoleServer.ROLE);
    shell.set("AWS_WEB_IDENTITY_TOKEN_FILE", Files.writeString(folder.resolve("identity"), token));
    shell.set("AWS_ENDPOINT_URL_STS", roles.endpoint());
    shell.set("AWS_REGION", "eu-1");
  }

  private void profile(TestServer roles, String source) throws IOException {
    String text =
        """
        [profile firn]
        role_arn = %s
        region = eu-1
        %s
        [profile base]
        aws_access_key_id = %s
        aws_secret_access_key = %s
        """
            .formatted(
                RoleServer.ROLE,
                source,
                S3Proxy.shared().accessKey(),
                S3Proxy.shared().secretKey());
    shell.set("AWS_CONFIG_FILE", Files.writeString(folder.resolve("config"), text));
    shell.set("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("none"));
    shell.set("AWS_PROFILE", "firn");
    shell.set("AWS_ENDPOINT_URL_STS", roles.endpoint());
  }

  private void assertVaultIsMade() {
    Outcome outcome = shell.process(List.of(), "vault", "init");
    assertThat(outcome.exitCode()).as(outcome.all()).isZero();
    assertSilent(outcome);
    assertThat(requests)
        .isNotEmpty()
        .allSatisfy(request -> {
          assertThat(request.header("x-amz-security-token")).contains(RoleServer.SESSION_TOKEN);
          assertThat(request.header("authorization").orElseThrow())
              .containsPattern("SignedHeaders=[^,]*x-amz-security-token");
        });
  }

  private static void assertSilent(Outcome outcome) {
    assertThat(outcome.all())
        .doesNotContain(
            S3Proxy.shared().secretKey(), RoleServer.SESSION_TOKEN, RoleServer.IDENTITY);
  }
}
