package io.firn.repository.check;

import io.firn.repository.RepositoryReader;
import io.firn.repository.backend.Backend;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.index.BlobIndex;
import io.firn.repository.unpacked.UnpackedFiles;
import java.util.function.Function;

/// Checks a repository. Takes no lock and changes nothing (docs/decisions/0036): a prune may take
/// packs away meanwhile. So nothing is called damaged on the strength of an index that was replaced
/// since it was read: the check looks again then, and reads only packs that it has not read yet.
public record RepositoryCheck(
    Backend backend,
    SecretKey key,
    UnpackedFiles files,
    CheckOptions options,
    CheckListener listener) {
  /// Each needs a prune of its own that ends during it; more is not to be expected.
  private static final int MOST_ROUNDS = 5;

  /// `reader` makes a reader over an index.
  public CheckReport run(Function<BlobIndex, RepositoryReader> reader) {
    CheckRound.Contents contents = new CheckRound.Contents();
    for (int round = 1; ; round++) {
      CheckRound look = new CheckRound(backend, key, files, options, listener, contents);
      CheckReport report = look.run(reader);
      if (report.sound() || round == MOST_ROUNDS || !look.overtaken()) {
        return report;
      }
    }
  }
}
