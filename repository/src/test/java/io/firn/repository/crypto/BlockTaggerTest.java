package io.firn.repository.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BlockTaggerTest {
  private final SecretKey key = SecretKey.generate(new SecureRandom());

  @Test
  void tag_ofEqualContent_isEqualWhoeverMakesIt() {
    byte[] block = block(1);
    byte[] longer = Arrays.copyOf(block, block.length + 5);
    assertThat(new BlockTagger(key).tag(block, block.length))
        .isEqualTo(new BlockTagger(key.copy()).tag(longer, block.length))
        .hasSize(BlockTagger.TAG_BYTES);
  }

  @Test
  void tag_ofOneBitMoreOrLess_isAnother() {
    BlockTagger tagger = new BlockTagger(key);
    byte[] block = block(2);
    Set<String> tags = new HashSet<>();
    tags.add(hex(tagger.tag(block, block.length)));
    for (int bit = 0; bit < 8 * block.length; bit += 997) {
      block[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(tags.add(hex(tagger.tag(block, block.length)))).as("bit %d", bit).isTrue();
      block[bit / 8] ^= (byte) (1 << bit % 8);
    }
    assertThat(tags.add(hex(tagger.tag(block, block.length - 1)))).isTrue();
    assertThat(tags.add(hex(tagger.tag(Arrays.copyOf(block, block.length + 1), block.length + 1))))
        .isTrue();
  }

  @Test
  void tag_underAnotherKey_isAnother() {
    SecretKey other = SecretKey.generate(new SecureRandom());
    byte[] block = block(3);
    assertThat(new BlockTagger(other).tag(block, block.length))
        .isNotEqualTo(new BlockTagger(key).tag(block, block.length));
  }

  private static byte[] block(long seed) {
    byte[] block = new byte[64 << 10];
    new Random(seed).nextBytes(block);
    return block;
  }

  private static String hex(byte[] tag) {
    return HexFormat.of().formatHex(tag);
  }
}
