package io.firn.repository.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.BlobId;
import io.firn.repository.crypto.Envelope;
import io.firn.repository.crypto.SecretKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackHeaderTest {
  private static final BlobId ONES = BlobId.of("1".repeat(64));
  private static final BlobId TWOS = BlobId.of("2".repeat(64));
  private static final List<PackEntry> ENTRIES =
      List.of(
          new PackEntry(BlobType.DATA, ONES, 0, 0x01020304, 0),
          new PackEntry(BlobType.TREE, TWOS, 0x01020304, 40, 0x1000));

  private final Envelope envelope = new Envelope(new SecretKey(new byte[SecretKey.BYTES]));

  @Test
  void encode_isRawThenCompressedEntry_littleEndian() throws Exception {
    byte[] trailer = PackHeader.encode(ENTRIES, envelope);
    int length = ByteBuffer.wrap(trailer).order(ByteOrder.LITTLE_ENDIAN).getInt(trailer.length - 4);
    assertThat(length).isEqualTo(trailer.length - 4);
    byte[] plain = envelope.open(Arrays.copyOf(trailer, length));
    assertThat(HexFormat.of().formatHex(plain))
        .isEqualTo(
            "00" + "04030201" + "1".repeat(64) + "03" + "28000000" + "00100000" + "2".repeat(64));
    assertThat(PackHeader.decode(plain)).isEqualTo(ENTRIES);
  }

  @Test
  void sizes_countEveryByte() {
    assertThat(PackHeader.trailerBytes(ENTRIES)).isEqualTo(37 + 41 + 36);
    assertThat(PackHeader.packBytes(ENTRIES)).isEqualTo(0x01020304 + 40 + 37 + 41 + 36);
    assertThat(PackHeader.encode(ENTRIES, envelope)).hasSize(PackHeader.trailerBytes(ENTRIES));
  }

  @Test
  void decode_cutOrUnknown_isRefused() {
    assertThatThrownBy(() -> PackHeader.decode(new byte[36])).isInstanceOf(IOException.class);
    byte[] unknown = new byte[41];
    unknown[0] = 4;
    assertThatThrownBy(() -> PackHeader.decode(unknown)).isInstanceOf(IOException.class);
  }

  @Test
  void buffer_fullPack_takesNoMore_andAnEmptyOneTakesAnything() {
    PackBuffer pack = new PackBuffer(100);
    assertThat(pack.takes(1000)).isTrue();
    pack.append(BlobType.DATA, ONES, new byte[60], 60, 0);
    assertThat(pack.takes(40)).isTrue();
    assertThat(pack.takes(41)).isFalse();
    pack.append(BlobType.DATA, TWOS, new byte[40], 40, 0);
    assertThat(pack.entries()).extracting(PackEntry::offsetBytes).containsExactly(0L, 60L);
    assertThat(pack.blobs().remaining()).isEqualTo(100);
    pack.clear();
    assertThat(pack.isEmpty()).isTrue();
  }
}
