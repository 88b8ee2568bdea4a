package io.firn.repository.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/// What the config file says. The polynomial is for restic's own chunker; Firn writes a valid one
/// and never uses it.
public record RepositoryConfig(int version, String id, String chunkerPolynomial) {
  /// The version that Firn reads and writes.
  public static final int VERSION = 2;

  private static final ObjectMapper JSON = new ObjectMapper();

  public static RepositoryConfig generate(SecureRandom random) {
    byte[] id = new byte[32];
    random.nextBytes(id);
    return new RepositoryConfig(
        VERSION, HexFormat.of().formatHex(id), Long.toHexString(ChunkerPolynomial.random(random)));
  }

  public static RepositoryConfig parse(byte[] bytes) throws IOException {
    JsonNode json = JSON.readTree(bytes);
    if (!json.path("version").isInt() || json.path("id").asText().isEmpty()) {
      throw new IOException("it has no version or no ID");
    }
    return new RepositoryConfig(
        json.path("version").asInt(),
        json.path("id").asText(),
        json.path("chunker_polynomial").asText());
  }

  public byte[] toBytes() {
    String json =
        "{\"version\":%d,\"id\":\"%s\",\"chunker_polynomial\":\"%s\"}"
            .formatted(version, id, chunkerPolynomial);
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
