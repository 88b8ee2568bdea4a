package io.firn.point;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Definitions as YAML, in a form that reads back as exactly the same tree.
///
/// Plain scalars are easier to read, but YAML guesses their types; so the text is read back, and
/// where the guess was wrong every string is quoted instead, and where even that is not exact the
/// definition is written as JSON in ASCII, which YAML takes too. Stateless.
public final class DefinitionYaml {
  private static final ObjectMapper QUOTED =
      new ObjectMapper(
          new YAMLFactory().disable(Feature.WRITE_DOC_START_MARKER).disable(Feature.SPLIT_LINES));
  private static final ObjectMapper PLAIN =
      new ObjectMapper(
          new YAMLFactory()
              .disable(Feature.WRITE_DOC_START_MARKER)
              .disable(Feature.SPLIT_LINES)
              .enable(Feature.MINIMIZE_QUOTES)
              .enable(Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
              .enable(Feature.LITERAL_BLOCK_STYLE));

  private static final ObjectMapper ASCII =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private DefinitionYaml() {}

  public static byte[] write(ObjectNode definition) {
    try {
      for (ObjectMapper form : List.of(PLAIN, QUOTED)) {
        byte[] yaml = form.writeValueAsBytes(definition);
        if (sameTree(yaml, definition)) {
          return yaml;
        }
      }
      return ASCII.writeValueAsBytes(definition);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }

  /// `VAULT_DAMAGED` where it is no object; `path` is for the message.
  public static ObjectNode read(byte[] yaml, String path) {
    try {
      if (PLAIN.readTree(yaml) instanceof ObjectNode object) {
        return object;
      }
      throw damaged(path, new IOException("not an object"));
    } catch (IOException e) {
      throw damaged(path, e);
    }
  }

  private static boolean sameTree(byte[] yaml, ObjectNode definition) {
    try {
      // Compared as text: a tree in memory may hold int where a parser makes long.
      JsonNode read = PLAIN.readTree(yaml);
      return read.toString().equals(definition.toString());
    } catch (IOException _) {
      // This form is not even YAML: the caller takes the next.
      return false;
    }
  }

  private static FirnException damaged(String path, IOException cause) {
    return new FirnException(
        new Failure(
            FailureCode.VAULT_DAMAGED,
            "The definition " + path + " is not YAML of one object: " + shown(cause),
            "Check the vault (firn vault check --read-data), or use another point.",
            Map.of("path", path),
            false),
        cause);
  }

  private static String shown(IOException e) {
    String text = String.valueOf(e.getMessage());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return bytes.length > 200 ? text.substring(0, Math.min(text.length(), 200)) + "…" : text;
  }
}
