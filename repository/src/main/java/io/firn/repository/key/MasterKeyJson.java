package io.firn.repository.key;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.firn.repository.crypto.SecretKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// The master key as it lies in a key file, below the password (format notes 1.3). Made and read
/// without strings, which nobody could overwrite.
final class MasterKeyJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int ENCRYPT = 0;
  private static final int K = 32;
  private static final int R = 48;

  private MasterKeyJson() {}

  /// The caller overwrites the bytes.
  static byte[] encode(SecretKey master) {
    byte[] k = base64(master.macNonceKey());
    byte[] r = base64(master.macMultiplier());
    byte[] encrypt = base64(master.encryption());
    byte[] json = new byte[40 + k.length + r.length + encrypt.length];
    ByteBuffer out = ByteBuffer.wrap(json);
    out.put(ascii("{\"mac\":{\"k\":\"")).put(k).put(ascii("\",\"r\":\"")).put(r);
    out.put(ascii("\"},\"encrypt\":\"")).put(encrypt).put(ascii("\"}"));
    byte[] exact = Arrays.copyOf(json, out.position());
    for (byte[] secret : new byte[][] {k, r, encrypt, json}) {
      Arrays.fill(secret, (byte) 0);
    }
    return exact;
  }

  static SecretKey decode(byte[] json) throws IOException {
    byte[] key = new byte[SecretKey.BYTES];
    int found = 0;
    try (JsonParser parser = JSON.createParser(json)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
          String name = String.valueOf(parser.currentName());
          found |=
              switch (name) {
                case "encrypt" -> part(parser, key, ENCRYPT, 32, 1);
                case "k" -> part(parser, key, K, 16, 2);
                case "r" -> part(parser, key, R, 16, 4);
                default -> 0;
              };
        }
      }
      if (found != 7) {
        throw new IOException("its master key is incomplete");
      }
      return new SecretKey(key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static int part(JsonParser parser, byte[] key, int at, int length, int flag)
      throws IOException {
    byte[] bytes = parser.getBinaryValue();
    try {
      if (bytes.length != length) {
        throw new IOException("its master key is incomplete");
      }
      System.arraycopy(bytes, 0, key, at, length);
      return flag;
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static byte[] base64(byte[] secret) {
    byte[] encoded = Base64.getEncoder().encode(secret);
    Arrays.fill(secret, (byte) 0);
    return encoded;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
