package io.firn.repository.crypto;

/// Short secret names for blocks: equal for equal blocks, and for any two others with a chance of
/// less than 2⁻⁸³, whoever made them, as long as he does not know the key (Poly1305 is a universal
/// hash; docs/decisions/0042). Several times as fast as SHA-256 where [#isFast].
///
/// The key is one for a repository and is derived from its master key. Tags must not leave what is
/// encrypted: unlike a MAC's, they are all under one key. One per thread.
public final class BlockTagger {
  public static final int TAG_BYTES = 16;

  private static final String PURPOSE = "firn block tags";

  private final OneTimeMac mac = OneTimeMac.fastest();
  private final byte[] key = new byte[32];

  public BlockTagger(SecretKey master) {
    // What is added at the end (the second half) hides nothing here; the runtime refuses zeros.
    master.derive(PURPOSE).copyTo(key, 0);
  }

  /// Whether this processor and runtime make tags much faster than SHA-256.
  public static boolean isFast() {
    return WideMultiplication.COMPILED && RuntimePoly1305.find().isPresent();
  }

  /// [#TAG_BYTES] bytes.
  public byte[] tag(byte[] block, int length) {
    return mac.tag(key, block, 0, length);
  }
}
