package io.firn.point;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import java.io.IOException;
import java.time.format.DateTimeParseException;
import java.util.Map;

/// `manifest.json` as bytes: UTF-8 JSON, one object, unknown fields ignored when read.
///
/// Stateless.
public final class ManifestJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ManifestJson() {}

  public static byte[] write(Manifest manifest) {
    try {
      return JSON.writeValueAsBytes(ManifestTree.of(manifest));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }

  /// `POINT_VERSION` where a newer Firn wrote it, `VAULT_DAMAGED` where it is no manifest.
  public static Manifest read(byte[] json) {
    JsonNode tree = parse(json);
    int version = tree.path("version").asInt(0);
    if (version > Manifest.VERSION) {
      throw new FirnException(
          new Failure(
              FailureCode.POINT_VERSION,
              "The point "
                  + tree.path("point").asText("?")
                  + " has manifest version "
                  + version
                  + "; this Firn reads up to "
                  + Manifest.VERSION,
              "Use the Firn that wrote it ("
                  + tree.path("firnVersion").asText("unknown")
                  + ") or a newer one.",
              Map.of("point", tree.path("point").asText("?")),
              false));
    }
    if (version < 1) {
      throw damaged("it has no version", null);
    }
    try {
      return ManifestFields.read(tree);
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw damaged(String.valueOf(e.getMessage()), e);
    }
  }

  private static JsonNode parse(byte[] json) {
    try {
      JsonNode tree = JSON.readTree(json);
      if (tree.isObject()) {
        return tree;
      }
      throw damaged("it is not a JSON object", null);
    } catch (IOException e) {
      throw damaged("it is not JSON", e);
    }
  }

  private static FirnException damaged(
      String why, @org.jspecify.annotations.Nullable Throwable cause) {
    Failure failure =
        new Failure(
            FailureCode.VAULT_DAMAGED,
            "The point's manifest.json cannot be used: " + why,
            "The volumes can still be read: restic dump, or another point.",
            Map.of(),
            false);
    return cause == null ? new FirnException(failure) : new FirnException(failure, cause);
  }
}
