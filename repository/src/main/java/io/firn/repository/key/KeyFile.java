package io.firn.repository.key;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.repository.Password;
import io.firn.repository.crypto.AuthenticationException;
import io.firn.repository.crypto.Envelope;
import io.firn.repository.crypto.Scrypt;
import io.firn.repository.crypto.SecretKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;

/// One key file: plain JSON that wraps the master key with a password (format notes 1.3). `salt`
/// and `data`, the wrapped key, are base64.
record KeyFile(
    Instant created, String username, String hostname, KdfCost cost, String salt, String data) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SALT_BYTES = 64;

  static KeyFile wrap(
      SecretKey master, Password password, KdfCost cost, KeyOwner owner, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] plain = MasterKeyJson.encode(master);
    try (SecretKey derived = derive(password, salt, cost)) {
      byte[] sealed = new Envelope(derived).seal(plain);
      return new KeyFile(
          owner.created(), owner.username(), owner.hostname(), cost, base64(salt), base64(sealed));
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /// The master key; a wrong password is an [AuthenticationException].
  SecretKey unwrap(Password password) throws AuthenticationException, IOException {
    requireMemory();
    byte[] plain;
    try (SecretKey derived = derive(password, bytes(salt), cost)) {
      plain = new Envelope(derived).open(bytes(data));
    }
    try {
      return MasterKeyJson.decode(plain);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /// A key file must not make us run out of memory, nor may it look like a wrong password.
  private void requireMemory() throws IOException {
    long limit = Runtime.getRuntime().maxMemory() / 4 * 3;
    if (cost.memoryBytes() > limit) {
      throw new IOException(
          "its scrypt parameters ask for %d MiB of memory, this process may use %d MiB"
              .formatted(cost.memoryBytes() >> 20, limit >> 20));
    }
  }

  /// Fails where the bytes are not a key file of scrypt.
  static KeyFile parse(byte[] bytes) throws IOException {
    JsonNode json = JSON.readTree(bytes);
    if (!json.path("kdf").asText().equals("scrypt")) {
      throw new IOException("its key derivation is not scrypt");
    }
    try {
      KdfCost cost =
          new KdfCost(number(json.path("N")), number(json.path("r")), number(json.path("p")));
      if (bytes(json.path("salt").asText()).length != SALT_BYTES) {
        throw new IOException("its salt has not 64 bytes");
      }
      return new KeyFile(
          OffsetDateTime.parse(json.path("created").asText()).toInstant(),
          json.path("username").asText(),
          json.path("hostname").asText(),
          cost,
          json.path("salt").asText(),
          json.path("data").asText());
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  byte[] toBytes() {
    ObjectNode json = JSON.createObjectNode();
    json.put(
        "created", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(created.atOffset(ZoneOffset.UTC)));
    json.put("username", username);
    json.put("hostname", hostname);
    json.put("kdf", "scrypt");
    json.put("N", cost.n());
    json.put("r", cost.r());
    json.put("p", cost.p());
    json.put("salt", salt);
    json.put("data", data);
    return bytes(json);
  }

  /// A number that does not fit is refused, and not cut to 32 bits.
  private static int number(JsonNode value) throws IOException {
    if (!value.isInt()) {
      throw new IOException("its scrypt parameters are no numbers, or too large");
    }
    return value.asInt();
  }

  private static byte[] bytes(ObjectNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON of plain strings could not be written", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] bytes(String base64) throws IOException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IOException("its salt or data is not base64", e);
    }
  }

  private static SecretKey derive(Password password, byte[] salt, KdfCost cost) {
    char[] characters = password.characters();
    byte[] secret = utf8(characters);
    byte[] derived = Scrypt.derive(secret, salt, cost.n(), cost.r(), cost.p(), SecretKey.BYTES);
    SecretKey key = new SecretKey(derived);
    Arrays.fill(characters, '\0');
    Arrays.fill(secret, (byte) 0);
    Arrays.fill(derived, (byte) 0);
    return key;
  }

  /// Without a String on the way, which could not be cleared.
  private static byte[] utf8(char[] characters) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    encoded.rewind().put(new byte[bytes.length]);
    return bytes;
  }

  @Override
  public String toString() {
    return "KeyFile[" + username + "@" + hostname + ", " + created + "]";
  }
}
