package io.firn.repository.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ZstdFramesTest {
  private final byte[] plain = new byte[5000];

  ZstdFramesTest() {
    new Random(7).nextBytes(plain);
    Arrays.fill(plain, 1000, 3000, (byte) 'a');
  }

  @Test
  void frames_ofAnyKind_areUnpackedWhole() throws IOException {
    byte[] one = Zstd.compress(plain, 3);
    assertThat(ZstdFrames.decompress(one)).isEqualTo(plain);
    assertThat(ZstdFrames.decompress(joined(one, one))).isEqualTo(joined(plain, plain));
    assertThat(ZstdFrames.decompress(ofUnsaidSize())).isEqualTo(plain);
  }

  @Test
  void damagedFrame_isAnIoException_neverWrongContent() {
    byte[] frame = Zstd.compress(plain, 3);
    for (int length = 1; length < frame.length; length += 37) {
      byte[] cut = Arrays.copyOf(frame, length);
      assertThatThrownBy(() -> ZstdFrames.decompress(cut)).isInstanceOf(IOException.class);
    }
    byte[] more = joined(frame, new byte[] {1, 2, 3, 4, 5});
    assertThatThrownBy(() -> ZstdFrames.decompress(more)).isInstanceOf(IOException.class);
    byte[] less = frame.clone();
    less[5] ^= 1;
    assertThatThrownBy(() -> ZstdFrames.decompress(less)).isInstanceOf(IOException.class);
  }

  private byte[] ofUnsaidSize() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZstdOutputStream out = new ZstdOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
