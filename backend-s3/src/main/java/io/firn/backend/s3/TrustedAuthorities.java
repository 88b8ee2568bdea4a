package io.firn.backend.s3;

import io.firn.repository.backend.PermanentBackendException;
import io.firn.repository.backend.PermanentBackendException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// The system's certificate authorities and those of a PEM file.
final class TrustedAuthorities {
  private final TrustManager[] managers;

  private TrustedAuthorities(TrustManager... managers) {
    this.managers = managers;
  }

  TrustManager[] managers() {
    return managers.clone();
  }

  static TrustedAuthorities read(Path pem) throws IOException {
    try (InputStream file = Files.newInputStream(pem)) {
      Collection<? extends Certificate> own =
          CertificateFactory.getInstance("X.509").generateCertificates(file);
      if (own.isEmpty()) {
        throw new GeneralSecurityException("it holds no certificate");
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (TrustManager manager : managers(null)) {
        if (manager instanceof X509TrustManager system) {
          for (X509Certificate certificate : system.getAcceptedIssuers()) {
            store.setCertificateEntry("system-" + store.size(), certificate);
          }
        }
      }
      for (Certificate certificate : own) {
        store.setCertificateEntry("own-" + store.size(), certificate);
      }
      return new TrustedAuthorities(managers(store));
    } catch (GeneralSecurityException | IOException e) {
      throw new PermanentBackendException(
          Reason.MISCONFIGURED,
          "the CA file "
              + pem
              + " cannot be used: "
              + e.getMessage()
              + ". Name a file with certificates in PEM (--s3-ca-file)",
          e);
    }
  }

  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
