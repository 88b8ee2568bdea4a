package io.firn.repository.disk;

import io.firn.repository.Digest;
import io.firn.repository.crypto.BlockTagger;
import io.firn.repository.crypto.Sha256;
import io.firn.repository.seen.SeenBlocks;
import java.util.Optional;
import java.util.function.Supplier;

/// Knows blocks again that were there last time, by their tags and without hashing them
/// (docs/decisions/0042). Thread-safe; each worker has its own [Eye].
public sealed interface Recognition {
  /// What one worker sees of a disk, block by block.
  sealed interface Eye {
    /// The hash of a block that has not changed since it was last seen. It is for the caller to
    /// find out whether it is still stored.
    Optional<Digest> recognise(int number, byte[] block, int length);

    /// For the next time: the hash of the block that was last asked for.
    void remember(int number, Digest hash);
  }

  Eye newEye();

  /// Of a disk that nothing is known of, and nothing shall be.
  record None() implements Recognition {
    @Override
    public Eye newEye() {
      return new Blind();
    }
  }

  /// Of a disk with a memory.
  record Known(SeenBlocks seen, Supplier<BlockTagger> taggers) implements Recognition {
    @Override
    public Eye newEye() {
      return new Open(seen, taggers.get());
    }
  }

  record Blind() implements Eye {
    @Override
    public Optional<Digest> recognise(int number, byte[] block, int length) {
      return Optional.empty();
    }

    @Override
    public void remember(int number, Digest hash) {}
  }

  /// One in 64 of the blocks that it recognises is hashed all the same: a runtime or processor that
  /// makes wrong tags must not go unnoticed.
  final class Open implements Eye {
    private static final int CHECKED_ONE_IN = 64;

    private final SeenBlocks seen;
    private final BlockTagger tagger;
    private final Sha256 sha = new Sha256();
    private byte[] tag = new byte[0];
    private int recognised;

    private Open(SeenBlocks seen, BlockTagger tagger) {
      this.seen = seen;
      this.tagger = tagger;
    }

    @Override
    public Optional<Digest> recognise(int number, byte[] block, int length) {
      tag = tagger.tag(block, length);
      if (!seen.matches(number, tag)) {
        return Optional.empty();
      }
      Digest hash = seen.id(number);
      if (recognised++ % CHECKED_ONE_IN == 0 && !sha.digest(block, 0, length).equals(hash)) {
        throw new IllegalStateException(
            "block %d has the tag of another: this processor or Java runtime computes wrongly."
                    .formatted(number)
                + " Nothing was stored. Remove the folder 'seen' of the repository, and start"
                + " again on another machine");
      }
      return Optional.of(hash);
    }

    @Override
    public void remember(int number, Digest hash) {
      seen.put(number, hash, tag);
    }
  }
}
