package io.firn.simulator.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/// Reads keys and certificates in PEM form.
final class PemFiles {
  private static final String PKCS8 = "PRIVATE KEY";
  private static final String PKCS1 = "RSA PRIVATE KEY";

  private PemFiles() {}

  /// All certificates of a file, in its order.
  static List<Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
    return parse(Files.readAllBytes(file));
  }

  static List<Certificate> parse(byte[] pem) throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem))
        .stream()
        .map(Certificate.class::cast)
        .toList();
  }

  /// The first key of a file: EC or RSA as PKCS #8, or RSA as PKCS #1.
  static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    String pem = Files.readString(file, StandardCharsets.US_ASCII);
    if (pem.contains("-----BEGIN " + PKCS1 + "-----")) {
      return parseKey(DerBytes.pkcs8(decode(pem, PKCS1)));
    }
    if (pem.contains("-----BEGIN " + PKCS8 + "-----")) {
      return parseKey(decode(pem, PKCS8));
    }
    throw new GeneralSecurityException(file + " holds no PKCS #8 or RSA private key");
  }

  private static PrivateKey parseKey(byte[] der) throws GeneralSecurityException {
    KeySpec spec = new PKCS8EncodedKeySpec(der);
    try {
      return KeyFactory.getInstance("EC").generatePrivate(spec);
    } catch (InvalidKeySpecException e) {
      // Not an EC key, then.
      return KeyFactory.getInstance("RSA").generatePrivate(spec);
    }
  }

  private static byte[] decode(String pem, String label) {
    int from = pem.indexOf("-----BEGIN " + label + "-----") + label.length() + 16;
    int to = pem.indexOf("-----END " + label + "-----", from);
    return Base64.getMimeDecoder().decode(pem.substring(from, to).strip());
  }
}
