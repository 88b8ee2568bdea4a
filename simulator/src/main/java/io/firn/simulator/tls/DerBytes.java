package io.firn.simulator.tls;

import java.io.ByteArrayOutputStream;

/// Values written as DER (X.690), and the wrapping that makes an RSA key PKCS #8.
final class DerBytes {
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  private static final int NULL = 0x05;
  static final int OID = 0x06;
  static final int SEQUENCE = 0x30;
  private static final byte[] RSA = oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1);

  private DerBytes() {}

  static byte[] oid(int... bytes) {
    byte[] value = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      value[i] = (byte) bytes[i];
    }
    return der(OID, value);
  }

  /// A value of a tag, its parts one after another.
  static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length > 255) {
      out.write(0x82);
      out.write(length >>> 8);
    } else if (length > 127) {
      out.write(0x81);
    }
    out.write(length);
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  /// An RSA key of PKCS #1 as PKCS #8.
  static byte[] pkcs8(byte[] rsaKey) {
    byte[] algorithm = der(SEQUENCE, RSA, der(NULL));
    return der(SEQUENCE, der(INTEGER, new byte[] {0}), algorithm, der(OCTET_STRING, rsaKey));
  }
}
