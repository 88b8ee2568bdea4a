package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// Request bodies in Kubernetes' protobuf form, which kubectl's typed clients send
/// (`k8s.io/apimachinery/pkg/runtime/serializer/protobuf`). Answers are JSON: every such client
/// takes both.
///
/// Thread-safe.
final class Protobuf {
  static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";
  private static final byte[] MAGIC = {'k', '8', 's', 0};

  private final ProtobufSchema schema = new ProtobufSchema();

  /// The object as JSON.
  ObjectNode decode(byte[] body) {
    if (body.length < MAGIC.length || !Arrays.equals(body, 0, 4, MAGIC, 0, 4)) {
      throw ApiFailure.badRequest("provided data does not appear to be a protobuf message");
    }
    try {
      return envelope(new ProtobufReader(ByteBuffer.wrap(body, 4, body.length - 4)));
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw ApiFailure.badRequest("proto: unexpected EOF");
    }
  }

  private ObjectNode envelope(ProtobufReader reader) {
    String apiVersion = "";
    String kind = "";
    ByteBuffer raw = ByteBuffer.allocate(0);
    for (int field = reader.next(); field != 0; field = reader.next()) {
      switch (field) {
        case 1 -> {
          ProtobufReader type = new ProtobufReader(reader.block());
          for (int part = type.next(); part != 0; part = type.next()) {
            if (part == 1) {
              apiVersion = type.text();
            } else {
              kind = type.text();
            }
          }
        }
        case 2 -> raw = reader.block();
        default -> reader.skip();
      }
    }
    String message = message(apiVersion, kind);
    ObjectNode object = Json.object().put("apiVersion", apiVersion).put("kind", kind);
    fill(object, message, raw);
    return object;
  }

  private String message(String apiVersion, String kind) {
    return schema
        .messageOf(apiVersion, kind)
        .orElseThrow(() -> ApiFailure.unsupportedMediaType("application/json, application/yaml"));
  }

  private void fill(ObjectNode object, String message, ByteBuffer raw) {
    var fields = schema.fields(message);
    ProtobufReader reader = new ProtobufReader(raw);
    for (int number = reader.next(); number != 0; number = reader.next()) {
      ProtobufSchema.Field field = fields.get(number);
      if (field == null) {
        reader.skip();
      } else if (field.isInline()) {
        fill(object, field.type(), reader.block());
      } else {
        put(object, field, reader);
      }
    }
  }

  private void put(ObjectNode object, ProtobufSchema.Field field, ProtobufReader reader) {
    switch (field.shape()) {
      case ONE ->
          value(field.type(), reader)
              .filter(value -> field.keepsZero() || !isZero(value))
              .ifPresent(value -> object.set(field.name(), value));
      case LIST ->
          value(field.type(), reader).ifPresent(Json.childArray(object, field.name())::add);
      case MAP -> entry(Json.child(object, field.name()), field.type(), reader.block());
    }
  }

  private void entry(ObjectNode map, String type, ByteBuffer raw) {
    ProtobufReader reader = new ProtobufReader(raw);
    String key = "";
    Optional<JsonNode> value = Optional.empty();
    for (int number = reader.next(); number != 0; number = reader.next()) {
      if (number == 1) {
        key = reader.text();
      } else {
        value = value(type, reader);
      }
    }
    map.set(key, value.orElse(TextNode.valueOf("")));
  }

  private Optional<JsonNode> value(String type, ProtobufReader reader) {
    return switch (type) {
      case "s" -> Optional.of(TextNode.valueOf(reader.text()));
      case "i" -> Optional.of(integer(reader.varint()));
      case "b" -> Optional.of(BooleanNode.valueOf(reader.varint() != 0));
      case "d" -> Optional.of(DoubleNode.valueOf(reader.real()));
      case "y" -> Optional.of(TextNode.valueOf(base64(reader.block())));
      case "T", "U" -> time(reader.block(), type.equals("U"));
      case "Q" -> Optional.of(TextNode.valueOf(first(reader.block())));
      case "I" -> Optional.of(integerOrText(reader.block()));
      case "R", "F" -> Optional.of(Json.parse(first(reader.block())));
      case "Ls" -> Optional.of(list(reader.block()));
      default -> {
        ObjectNode child = Json.object();
        fill(child, type, reader.block());
        yield Optional.of(child);
      }
    };
  }

  private static JsonNode integer(long value) {
    return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
  }

  private static String base64(ByteBuffer block) {
    byte[] bytes = new byte[block.remaining()];
    block.get(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static Optional<JsonNode> time(ByteBuffer block, boolean micros) {
    if (!block.hasRemaining()) {
      return Optional.empty();
    }
    ProtobufReader reader = new ProtobufReader(block);
    long seconds = 0;
    long nanos = 0;
    for (int number = reader.next(); number != 0; number = reader.next()) {
      if (number == 1) {
        seconds = reader.varint();
      } else {
        nanos = reader.varint();
      }
    }
    Instant instant = Instant.ofEpochSecond(seconds, nanos);
    return Optional.of(TextNode.valueOf(micros ? Meta.microTime(instant) : Meta.time(instant)));
  }

  /// The text in a message's first field.
  private static String first(ByteBuffer block) {
    ProtobufReader reader = new ProtobufReader(block);
    return reader.next() == 1 ? reader.text() : "null";
  }

  private static JsonNode list(ByteBuffer block) {
    ProtobufReader reader = new ProtobufReader(block);
    var list = Json.array();
    for (int number = reader.next(); number != 0; number = reader.next()) {
      list.add(reader.text());
    }
    return list;
  }

  private static JsonNode integerOrText(ByteBuffer block) {
    ProtobufReader reader = new ProtobufReader(block);
    long type = 0;
    long integer = 0;
    String text = "";
    for (int number = reader.next(); number != 0; number = reader.next()) {
      switch (number) {
        case 1 -> type = reader.varint();
        case 2 -> integer = reader.varint();
        default -> text = reader.text();
      }
    }
    return type == 0 ? integer(integer) : TextNode.valueOf(text);
  }

  private static boolean isZero(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> value.asText().isEmpty();
      case NUMBER -> value.asDouble() == 0;
      case BOOLEAN -> !value.asBoolean();
      case OBJECT, ARRAY -> value.isEmpty();
      default -> value.isNull();
    };
  }
}
