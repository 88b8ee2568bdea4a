package io.firn.simulator.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;

/// Certificate and key for a server on loopback: made once, kept in a folder (`NAME.crt`,
/// `NAME.key`), so that who trusts it can go on doing so over a restart.
public final class LoopbackIdentity {
  private LoopbackIdentity() {}

  /// `hosts` are names beside `localhost` and the loopback addresses; they count when the
  /// certificate is made.
  public static ServerIdentity in(Path directory, String name, String... hosts) {
    Path certificate = directory.resolve(name + ".crt");
    Path key = directory.resolve(name + ".key");
    try {
      if (!Files.exists(certificate) || !Files.exists(key)) {
        Files.createDirectories(directory);
        generate(certificate, key, List.of(hosts));
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(
          "the certificate in " + directory + " could not be made: " + e.getMessage(), e);
    }
    return read(certificate, key);
  }

  private static ServerIdentity read(Path certificate, Path key) {
    try {
      return ServerIdentity.read(certificate, key);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          e.getMessage() + "; remove " + certificate + " and " + key + " to have new ones", e);
    }
  }

  private static void generate(Path certificate, Path key, List<String> hosts)
      throws GeneralSecurityException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    write(key, "PRIVATE KEY", pair.getPrivate().getEncoded(), "rw-------");
    write(certificate, "CERTIFICATE", LoopbackCertificate.sign(pair, hosts), "rw-r--r--");
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
}
