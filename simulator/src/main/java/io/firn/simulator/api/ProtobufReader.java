package io.firn.simulator.api;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Reads the wire format of protobuf, field by field. A body that ends too early is refused.
final class ProtobufReader {
  private final ByteBuffer bytes;
  private int wireType;

  ProtobufReader(ByteBuffer bytes) {
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /// The number of the next field, 0 at the end.
  int next() {
    if (!bytes.hasRemaining()) {
      return 0;
    }
    long tag = varint();
    wireType = (int) (tag & 7);
    return (int) (tag >>> 3);
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte b = bytes.get();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw ApiFailure.badRequest("proto: integer overflow");
  }

  double real() {
    return bytes.getDouble();
  }

  ByteBuffer block() {
    int length = Math.toIntExact(varint());
    ByteBuffer block = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return block;
  }

  String text() {
    return StandardCharsets.UTF_8.decode(block()).toString();
  }

  void skip() {
    switch (wireType) {
      case 0 -> varint();
      case 1 -> bytes.getLong();
      case 2 -> block();
      case 5 -> bytes.getInt();
      default -> throw ApiFailure.badRequest("proto: illegal wireType " + wireType);
    }
  }
}
