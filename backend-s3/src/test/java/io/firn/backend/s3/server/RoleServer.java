package io.firn.backend.s3.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Gives out the credentials of roles as AWS does: the token service (`/`), the endpoint of
/// containers (`/container`) and that of instances (`/latest`). Each hands out a server's own keys
/// with the session token [#SESSION_TOKEN]. Thread-safe.
public final class RoleServer implements TestServer {
  public static final String SESSION_TOKEN = "session-token-of-a-role";
  public static final String ROLE = "arn:aws:iam::123456789012:role/firn";

  /// What the token service and the containers' endpoint want to see.
  public static final String IDENTITY = "identity-token-of-the-pod";

  private static final String IMDS_TOKEN = "token-of-the-instance";
  private static final String IMDS_ROLE = "/latest/meta-data/iam/security-credentials/";

  private final HttpServer http;
  private final TestServer keys;
  private final Duration lasting;
  private final List<String> given = new CopyOnWriteArrayList<>();

  private RoleServer(HttpServer http, TestServer keys, Duration lasting) {
    this.http = http;
    this.keys = keys;
    this.lasting = lasting;
  }

  /// Gives out the keys of that server; each time they are good for as long as said.
  public static RoleServer start(TestServer keys, Duration lasting) {
    try {
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      RoleServer server = new RoleServer(http, keys, lasting);
      http.createContext("/", server::tokenService);
      http.createContext("/container", server::container);
      http.createContext("/latest/api/token", server::instanceToken);
      http.createContext(IMDS_ROLE, server::instance);
      http.start();
      return server;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  @Override
  public String accessKey() {
    return keys.accessKey();
  }

  @Override
  public String secretKey() {
    return keys.secretKey();
  }

  /// By which of its doors credentials went out so far: `web-identity`, `assumed`, `container`,
  /// `instance`.
  public List<String> given() {
    return given;
  }

  private void tokenService(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    List<String> fields = List.of(URLDecoder.decode(form, StandardCharsets.UTF_8).split("&"));
    if (fields.contains("Action=AssumeRole") && fields.contains("RoleArn=" + ROLE)) {
      boolean theirs =
          exchange
              .getRequestHeaders()
              .getFirst("Authorization")
              .contains("Credential=" + keys.accessKey() + "/");
      given.add(theirs ? "assumed" : "refused");
      answer(exchange, theirs ? 200 : 403, theirs ? assumed("AssumeRole") : "");
    } else if (!fields.contains("Action=AssumeRoleWithWebIdentity")
        || !fields.contains("RoleArn=" + ROLE)) {
      answer(exchange, 404, "");
    } else if (fields.contains("WebIdentityToken=" + IDENTITY)) {
      given.add("web-identity");
      answer(exchange, 200, assumed("AssumeRoleWithWebIdentity"));
    } else {
      String error =
          "<ErrorResponse><Error><Type>Sender</Type><Code>ExpiredTokenException</Code>"
              + "<Message>Token expired</Message></Error></ErrorResponse>";
      answer(exchange, 400, error);
    }
  }

  private String assumed(String action) {
    return """
    <ActionResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
      <ActionResult>
        <Credentials>
          <AccessKeyId>%s</AccessKeyId>
          <SecretAccessKey>%s</SecretAccessKey>
          <SessionToken>%s</SessionToken>
          <Expiration>%s</Expiration>
        </Credentials>
      </ActionResult>
    </ActionResponse>
    """
        .replace("Action", action)
        .formatted(keys.accessKey(), keys.secretKey(), SESSION_TOKEN, end());
  }

  private void container(HttpExchange exchange) throws IOException {
    if (IDENTITY.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      given.add("container");
      answer(exchange, 200, document());
    } else {
      answer(exchange, 401, "");
    }
  }

  private void instanceToken(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("x-aws-ec2-metadata-token-ttl-seconds", "21600");
    answer(exchange, exchange.getRequestMethod().equals("PUT") ? 200 : 405, IMDS_TOKEN);
  }

  private void instance(HttpExchange exchange) throws IOException {
    String token = exchange.getRequestHeaders().getFirst("x-aws-ec2-metadata-token");
    if (!IMDS_TOKEN.equals(token)) {
      answer(exchange, 401, "");
    } else if (exchange.getRequestURI().getPath().equals(IMDS_ROLE)) {
      answer(exchange, 200, "firn");
    } else {
      given.add("instance");
      answer(exchange, 200, document());
    }
  }

  private String document() {
    return """
    {"Code": "Success", "Type": "AWS-HMAC", "LastUpdated": "%s",
     "AccessKeyId": "%s", "SecretAccessKey": "%s", "Token": "%s", "Expiration": "%s"}
    """
        .formatted(
            Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
            keys.accessKey(),
            keys.secretKey(),
            SESSION_TOKEN,
            end());
  }

  private Instant end() {
    return Instant.now().plus(lasting).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
