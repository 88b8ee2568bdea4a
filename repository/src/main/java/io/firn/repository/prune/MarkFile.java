package io.firn.repository.prune;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.firn.repository.PackId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// The JSON of a mark file, Firn's own: `{"packs":[{"id":"…","since":"2026-11-24T10:11:12Z"},…]}`.
/// It only says since when a pack is meant for deletion. Whether it may be deleted is found out
/// anew each time, so that a mark file can be lost, or be years old, without harm.
final class MarkFile {
  private static final JsonFactory JSON = new JsonFactory();

  private MarkFile() {}

  static byte[] encode(Map<PackId, Instant> since) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayFieldStart("packs");
      for (Map.Entry<PackId, Instant> mark : since.entrySet()) {
        json.writeStartObject();
        json.writeStringField("id", mark.getKey().toString());
        json.writeStringField("since", mark.getValue().toString());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  static Map<PackId, Instant> decode(byte[] bytes) throws IOException {
    Map<PackId, Instant> since = new LinkedHashMap<>();
    try (JsonParser json = JSON.createParser(bytes)) {
      expect(json.nextToken() == JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean packs = json.currentName().equals("packs");
        if (json.nextToken() == JsonToken.START_ARRAY && packs) {
          while (json.nextToken() != JsonToken.END_ARRAY) {
            decode(json, since);
          }
        } else {
          json.skipChildren();
        }
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException(e.getMessage(), e);
    }
    return since;
  }

  private static void decode(JsonParser json, Map<PackId, Instant> since) throws IOException {
    String id = "";
    String time = "";
    expect(json.currentToken() == JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "id" -> id = json.getText();
        case "since" -> time = json.getText();
        default -> json.skipChildren();
      }
    }
    since.put(PackId.of(id), Instant.parse(time));
  }

  private static void expect(boolean condition) throws IOException {
    if (!condition) {
      throw new IOException("its JSON is not a list of marks");
    }
  }
}
