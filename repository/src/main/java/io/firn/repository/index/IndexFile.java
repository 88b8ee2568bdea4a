package io.firn.repository.index;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.firn.repository.BlobId;
import io.firn.repository.PackId;
import io.firn.repository.crypto.Envelope;
import io.firn.repository.pack.BlobType;
import io.firn.repository.pack.PackEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The JSON of an index file (format notes 1.7). All blobs of a pack are in one file.
public final class IndexFile {
  private static final long MAX_PACK_BYTES = (1L << 32) - 1;

  private static final JsonFactory JSON = new JsonFactory();

  private IndexFile() {}

  public static byte[] encode(List<IndexedPack> packs) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayFieldStart("packs");
      for (IndexedPack pack : packs) {
        encode(pack, json);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  /// Hands each pack on as it is read.
  public static void decode(byte[] bytes, Consumer<IndexedPack> packs) throws IOException {
    try (JsonParser json = JSON.createParser(bytes)) {
      expect(json.nextToken() == JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        if (field.equals("packs") && json.currentToken() == JsonToken.START_ARRAY) {
          while (json.nextToken() != JsonToken.END_ARRAY) {
            packs.accept(decodePack(json));
          }
        } else {
          json.skipChildren();
        }
      }
      expect(json.currentToken() == JsonToken.END_OBJECT);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static void encode(IndexedPack pack, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", pack.id().toString());
    json.writeArrayFieldStart("blobs");
    for (PackEntry entry : pack.entries()) {
      json.writeStartObject();
      json.writeStringField("id", entry.id().toString());
      json.writeStringField("type", entry.type().label());
      json.writeNumberField("offset", entry.offsetBytes());
      json.writeNumberField("length", entry.lengthBytes());
      if (entry.compressed()) {
        json.writeNumberField("uncompressed_length", entry.plainBytes());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static IndexedPack decodePack(JsonParser json) throws IOException {
    String id = "";
    List<PackEntry> entries = new ArrayList<>();
    expect(json.currentToken() == JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      if (field.equals("id")) {
        id = json.getText();
      } else if (field.equals("blobs") && json.currentToken() == JsonToken.START_ARRAY) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          entries.add(decodeBlob(json));
        }
      } else {
        json.skipChildren();
      }
    }
    return new IndexedPack(PackId.of(id), entries);
  }

  private static PackEntry decodeBlob(JsonParser json) throws IOException {
    String id = "";
    String type = "";
    long offset = 0;
    long length = 0;
    long plain = 0;
    expect(json.currentToken() == JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "id" -> id = json.getText();
        case "type" -> type = json.getText();
        case "offset" -> offset = json.getLongValue();
        case "length" -> length = json.getLongValue();
        case "uncompressed_length" -> plain = json.getLongValue();
        default -> json.skipChildren();
      }
    }
    requireSane(offset, length, plain);
    return new PackEntry(blobType(type), BlobId.of(id), offset, length, plain);
  }

  /// Offsets and lengths are 32 bits wide in packs; a blob is never shorter than its envelope.
  private static void requireSane(long offset, long length, long plain) throws IOException {
    boolean sane =
        offset >= 0
            && length >= Envelope.OVERHEAD_BYTES
            && offset <= MAX_PACK_BYTES - length
            && plain >= 0
            && plain <= MAX_PACK_BYTES;
    if (!sane) {
      throw new IOException(
          "it lists a blob at %d of %d bytes, unpacked %d".formatted(offset, length, plain));
    }
  }

  private static BlobType blobType(String label) throws IOException {
    for (BlobType type : BlobType.values()) {
      if (type.label().equals(label)) {
        return type;
      }
    }
    throw new IOException("blob type \"" + label + "\" is not known");
  }

  private static void expect(boolean condition) throws IOException {
    if (!condition) {
      throw new IOException("its JSON is not an index");
    }
  }
}
