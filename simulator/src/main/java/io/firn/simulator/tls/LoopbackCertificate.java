package io.firn.simulator.tls;

import static io.firn.simulator.tls.DerBytes.BIT_STRING;
import static io.firn.simulator.tls.DerBytes.INTEGER;
import static io.firn.simulator.tls.DerBytes.OCTET_STRING;
import static io.firn.simulator.tls.DerBytes.SEQUENCE;
import static io.firn.simulator.tls.DerBytes.der;
import static io.firn.simulator.tls.DerBytes.oid;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.List;

/// A self-signed X.509 v3 certificate for `127.0.0.1`, `::1`, `localhost` and further host names,
/// written as DER by hand (RFC 5280, section 4.1): the JDK can sign and check certificates, but has
/// no public way to put one together.
final class LoopbackCertificate {
  private static final int UTF8 = 0x0c;
  private static final int UTC_TIME = 0x17;
  private static final int SET = 0x31;

  private static final byte[] ECDSA_WITH_SHA256 = oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2);
  private static final byte[] COMMON_NAME = oid(0x55, 4, 3);
  private static final byte[] BASIC_CONSTRAINTS = oid(0x55, 0x1d, 0x13);
  private static final byte[] SUBJECT_ALT_NAME = oid(0x55, 0x1d, 0x11);
  private static final byte[] TRUE = {1, 1, (byte) 0xff};

  /// The certificate serves one machine's loopback, and the cluster's own clock may be set to any
  /// date: a fixed, wide validity has no edge to run into (UTCTime ends with 2049).
  private static final String NOT_BEFORE = "000101000000Z";

  private static final String NOT_AFTER = "491231235959Z";

  private LoopbackCertificate() {}

  /// The DER form. `pair` is an EC key pair.
  static byte[] sign(KeyPair pair, List<String> hosts) throws GeneralSecurityException {
    byte[] algorithm = der(SEQUENCE, ECDSA_WITH_SHA256);
    byte[] serial = new byte[16];
    new SecureRandom().nextBytes(serial);
    serial[0] = (byte) ((serial[0] & 0x3f) | 0x40);
    byte[] name = name("firn-simulator");
    byte[] body =
        der(
            SEQUENCE,
            der(0xa0, der(INTEGER, new byte[] {2})),
            der(INTEGER, serial),
            algorithm,
            name,
            der(SEQUENCE, time(NOT_BEFORE), time(NOT_AFTER)),
            name,
            pair.getPublic().getEncoded(),
            der(0xa3, der(SEQUENCE, authority(), names(hosts))));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(pair.getPrivate());
    signature.update(body);
    return der(SEQUENCE, body, algorithm, der(BIT_STRING, new byte[] {0}, signature.sign()));
  }

  private static byte[] name(String common) {
    byte[] value = der(UTF8, common.getBytes(StandardCharsets.UTF_8));
    return der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, value)));
  }

  private static byte[] time(String text) {
    return der(UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
  }

  /// It is its own authority: clients are given it as the one to trust.
  private static byte[] authority() {
    return der(SEQUENCE, BASIC_CONSTRAINTS, TRUE, der(OCTET_STRING, der(SEQUENCE, TRUE)));
  }

  private static byte[] names(List<String> hosts) {
    byte[] six = new byte[16];
    six[15] = 1;
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    names.writeBytes(host("localhost"));
    names.writeBytes(der(0x87, new byte[] {127, 0, 0, 1}));
    names.writeBytes(der(0x87, six));
    hosts.forEach(one -> names.writeBytes(host(one)));
    byte[] all = der(SEQUENCE, names.toByteArray());
    return der(SEQUENCE, SUBJECT_ALT_NAME, der(OCTET_STRING, all));
  }

  private static byte[] host(String name) {
    return der(0x82, name.getBytes(StandardCharsets.US_ASCII));
  }
}
