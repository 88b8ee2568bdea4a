package io.firn.backend.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.backend.s3.server.Fault;
import io.firn.backend.s3.server.FaultProxy;
import io.firn.backend.s3.server.S3Proxy;
import io.firn.repository.backend.FileType;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A credentials file reaches the requests and those who are to have it, and nobody else.
class CredentialsTest {
  private static final List<String> SECRETS = List.of("test-secret", "token-of-an-hour");
  private static final String FILE =
      """
      [default]
      aws_access_key_id = test-key
      aws_secret_access_key = test-secret
      aws_session_token = token-of-an-hour
      """;

  @TempDir Path folder;
  private final S3Proxy server = S3Proxy.shared();

  @Test
  void file_isHandedOnAsItIs_tokenIncluded() throws IOException {
    try (S3Store store = store(server.endpoint(), FILE)) {
      assertThat(new String(store.credentials(), StandardCharsets.UTF_8)).isEqualTo(FILE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[default]\naws_secret_access_key = test-secret\n",
        "[default]\naws_secret_access_key test-secret token-of-an-hour\n",
        "[default\naws_access_key_id = k\naws_secret_access_key = test-secret\n",
        "[other]\naws_access_key_id = k\naws_secret_access_key = test-secret\n",
        "test-secret = token-of-an-hour\n",
        // What the parser says of these quotes them.
        "[default]\ntest-secret = token-of-an-hour\n",
        "[default]\nrole_arn = r\nsource_profile = test-secret\n",
        "[default]\nrole_arn = r\ncredential_source = test-secret\n"
      })
  void fileThatCannotBeUsed_isNamed_andNotQuoted(String content) throws IOException {
    try (S3Store store = store(server.endpoint(), content)) {
      String said = failure(store);
      assertThat(said)
          .contains(folder.resolve("credentials").toString())
          .contains("aws_access_key_id");
      assertThat(said).doesNotContain(SECRETS);
    }
  }

  @Test
  void refusal_ofEachKind_quotesNoSecret_norDoesAnythingThatIsPrinted() throws IOException {
    server.bucket("credentials");
    for (String code : List.of("ExpiredToken", "InvalidAccessKeyId", "AccessDenied", "Unheard")) {
      Fault refused = new Fault.Answer(403, code, "");
      try (FaultProxy proxy = FaultProxy.start(server, _ -> Optional.of(refused));
          S3Store store = store(proxy.endpoint(), FILE)) {
        assertThat(failure(store)).contains(code.equals("Unheard") ? "403" : code);
        assertThat(failure(store)).doesNotContain(SECRETS);
        assertThat(List.of(store, store.settings(), store.backend("x")).toString())
            .doesNotContain(SECRETS);
      }
    }
  }

  /// The whole stack trace, as a debugging user sees it.
  private static String failure(S3Store store) {
    try {
      return "nothing failed: " + store.backend("x").list(FileType.INDEX);
    } catch (IOException e) {
      StringWriter text = new StringWriter();
      e.printStackTrace(new PrintWriter(text, true));
      return text.toString();
    }
  }

  private S3Store store(URI endpoint, String content) throws IOException {
    Path file = Files.writeString(folder.resolve("credentials"), content);
    return new S3Store(
        S3Testing.settings(endpoint, "credentials", ""),
        new S3Access(Optional.of(file), Optional.empty()));
  }
}
