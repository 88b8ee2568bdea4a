package io.firn.backend.s3.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A certificate authority that only those know who are given its certificate, made by the JDK's
/// `keytool`. For one thread.
public final class TestAuthority {
  private static final String PASSWORD = "changeit";

  private final Path folder;
  private int servers;

  private TestAuthority(Path folder) {
    this.folder = folder;
  }

  /// Makes one whose files lie in `folder`, which must exist.
  public static TestAuthority make(Path folder) {
    TestAuthority made = new TestAuthority(folder);
    made.keytool("-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=ca", "-ext", "bc:c");
    made.keytool("-exportcert", "-rfc", "-alias", "ca", "-file", made.certificate().toString());
    return made;
  }

  /// Its own certificate, in PEM.
  public Path certificate() {
    return folder.resolve("ca.pem");
  }

  /// A server with a certificate of this authority. `name` is whom it is for, such as
  /// `ip:127.0.0.1`; `from` and `days` are when it begins, as keytool says it, and how long it
  /// lasts.
  public SSLContext server(String name, String from, int days) {
    String alias = "server-" + servers++;
    keytool(
        "-genkeypair",
        "-alias",
        alias,
        "-signer",
        "ca",
        "-keyalg",
        "EC",
        "-dname",
        "CN=server",
        "-startdate",
        from,
        "-validity",
        Integer.toString(days),
        "-ext",
        "san=" + name);
    try {
      return context(alias);
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private SSLContext context(String alias) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(keys().toFile(), PASSWORD.toCharArray());
    for (String other : Collections.list(store.aliases())) {
      if (!other.equals(alias)) {
        store.deleteEntry(other);
      }
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private Path keys() {
    return folder.resolve("keys.p12");
  }

  private void keytool(String... arguments) {
    List<String> line =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
    line.addAll(List.of(arguments));
    line.addAll(List.of("-keystore", keys().toString(), "-storepass", PASSWORD));
    try {
      Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("keytool does not run", e);
    }
  }
}
