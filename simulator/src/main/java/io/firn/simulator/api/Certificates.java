package io.firn.simulator.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// The server's certificate and key: made once, kept in a folder (`apiserver.crt`,
/// `apiserver.key`), so that a kubeconfig stays good over a restart.
final class Certificates {
  private final Path certificate;
  private final SSLContext context;

  private Certificates(Path certificate, SSLContext context) {
    this.certificate = certificate;
    this.context = context;
  }

  static Certificates in(Path directory) {
    Path certificate = directory.resolve("apiserver.crt");
    Path key = directory.resolve("apiserver.key");
    try {
      if (!Files.exists(certificate) || !Files.exists(key)) {
        Files.createDirectories(directory);
        generate(certificate, key);
      }
      return new Certificates(certificate, context(certificate, key));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(
          "the API server's certificate in "
              + directory
              + " could not be made or read; remove apiserver.crt and apiserver.key to have new"
              + " ones: "
              + e.getMessage(),
          e);
    }
  }

  Path certificate() {
    return certificate;
  }

  SSLContext context() {
    return context;
  }

  private static void generate(Path certificate, Path key)
      throws GeneralSecurityException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    write(key, "PRIVATE KEY", pair.getPrivate().getEncoded(), "rw-------");
    write(certificate, "CERTIFICATE", LoopbackCertificate.sign(pair), "rw-r--r--");
  }

  private static void write(Path file, String label, byte[] der, String permissions)
      throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    String pem = "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    Path draft =
        Files.createTempFile(
            file.getParent(),
            "tls",
            ".pem",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
    Files.writeString(draft, pem);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static SSLContext context(Path certificate, Path key)
      throws GeneralSecurityException, IOException {
    Certificate leaf =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(certificate)));
    String pem = Files.readString(key, StandardCharsets.US_ASCII);
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    PrivateKey secret = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, new char[0]);
    store.setKeyEntry("apiserver", secret, new char[0], new Certificate[] {leaf});
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
