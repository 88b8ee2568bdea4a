package io.firn.simulator.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// A certificate chain with its key, to serve TLS with. `certificate` is the file, PEM.
///
/// Thread-safe.
public final class ServerIdentity {
  private final Path certificate;
  private final PrivateKey key;
  private final List<Certificate> chain;

  private ServerIdentity(Path certificate, PrivateKey key, List<Certificate> chain) {
    this.certificate = certificate;
    this.key = key;
    this.chain = List.copyOf(chain);
  }

  /// Reads PEM files; an unusable one is an IllegalStateException that names it.
  public static ServerIdentity read(Path certificate, Path key) {
    try {
      return new ServerIdentity(certificate, PemFiles.key(key), PemFiles.certificates(certificate));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(
          "certificate " + certificate + " with key " + key + " cannot be used: " + e.getMessage(),
          e);
    }
  }

  public Path certificate() {
    return certificate;
  }

  /// For a server that lets everybody in.
  public SSLContext context() {
    return make(null);
  }

  /// For a server that lets those in whose certificates an authority signed (PEM, one or more).
  public SSLContext context(Authorities authorities) {
    return make(authorities.managers());
  }

  private SSLContext make(TrustManager @Nullable [] trusted) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, new char[0]);
      store.setKeyEntry("server", key, new char[0], chain.toArray(new Certificate[0]));
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trusted, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(certificate + " cannot be served: " + e.getMessage(), e);
    }
  }

  /// Who may sign the certificates of clients.
  public record Authorities(List<Certificate> certificates) {
    public Authorities {
      certificates = List.copyOf(certificates);
    }

    public static Authorities read(Path pem) {
      try {
        return new Authorities(PemFiles.certificates(pem));
      } catch (IOException | GeneralSecurityException e) {
        throw new IllegalStateException("the authorities in " + pem + " cannot be read", e);
      }
    }

    public static Authorities parse(String pem) {
      try {
        return new Authorities(PemFiles.parse(pem.getBytes(StandardCharsets.US_ASCII)));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("the authorities' certificates cannot be read", e);
      }
    }

    private TrustManager[] managers() {
      try {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, new char[0]);
        for (int i = 0; i < certificates.size(); i++) {
          store.setCertificateEntry("authority-" + i, certificates.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return factory.getTrustManagers();
      } catch (IOException | GeneralSecurityException e) {
        throw new IllegalStateException("the authorities cannot be used: " + e.getMessage(), e);
      }
    }
  }
}
