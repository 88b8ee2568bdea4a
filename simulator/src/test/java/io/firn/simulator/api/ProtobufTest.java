package io.firn.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ProtobufTest {
  /// What kubectl 1.32 sends for `kubectl create namespace shop`.
  private static final byte[] NAMESPACE =
      HexFormat.of()
          .parseHex(
              "6b3873000a0f0a02763112094e616d657370616365121c0a140a0473686f7012001a002200"
                  + "2a0032003800420012001a020a001a002200");

  @Test
  void decode_namespace_hasItsNameOnly() {
    assertThat(new Protobuf().decode(NAMESPACE))
        .isEqualTo(
            Json.parse(
                "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\":"
                    + " \"shop\"}}"));
  }

  @Test
  void decode_cutShort_isRefused() {
    for (int length = 22; length <= 50; length++) {
      byte[] cut = Arrays.copyOf(NAMESPACE, length);
      assertThatThrownBy(() -> new Protobuf().decode(cut)).isInstanceOf(ApiFailure.class);
    }
  }

  @Test
  void decode_withoutMagic_isRefused() {
    assertThatThrownBy(() -> new Protobuf().decode(new byte[] {1, 2, 3, 4, 5}))
        .hasMessage("provided data does not appear to be a protobuf message");
  }
}
