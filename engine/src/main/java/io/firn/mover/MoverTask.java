package io.firn.mover;

import io.firn.point.Domain;
import io.firn.point.VaultLocation;
import io.firn.repository.TreeId;
import java.nio.file.Path;
import java.util.List;

/// One run of a mover, as its command line says it. `workers` 0 for the machine's default.
public sealed interface MoverTask {
  VaultLocation vault();

  Domain domain();

  int workers();

  /// The arguments that make `firn` do this, beginning with `mover`.
  List<String> arguments(Path passwordFile, Path resultFile);

  /// Volume to vault. `source` is a block device, a raw file, or a folder with a `disk.img`.
  record Export(Path source, VaultLocation vault, Domain domain, int blockSizeBytes, int workers)
      implements MoverTask {
    @Override
    public List<String> arguments(Path passwordFile, Path resultFile) {
      throw new UnsupportedOperationException("stub");
    }
  }

  /// Vault to volume. `tree` is the volume's folder in the vault; `target` a block device, a raw
  /// file, or a folder.
  record Populate(VaultLocation vault, Domain domain, TreeId tree, Path target, int workers)
      implements MoverTask {
    @Override
    public List<String> arguments(Path passwordFile, Path resultFile) {
      throw new UnsupportedOperationException("stub");
    }
  }
}
