package io.firn.mover;

import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.point.Domain;
import io.firn.point.VaultLocation;
import io.firn.repository.Compression;
import io.firn.repository.TreeId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One run of a mover, as its command line says it. `workers` 0 for the machine's default,
/// `blockSizeBytes` 0 for the default of the disk's size.
public sealed interface MoverTask {
  VaultLocation vault();

  Domain domain();

  int workers();

  /// The arguments that make `firn` do this, beginning with `mover`. The vault must be a folder, as
  /// a mounted one always is inside a pod, or a bucket.
  List<String> arguments(Path passwordFile, Path resultFile);

  /// Volume to vault. `source` is a block device, a raw file, or a folder with a `disk.img`;
  /// `volume` names it for the next time ("" for the path of the source).
  record Export(
      Path source,
      VaultLocation vault,
      Domain domain,
      int blockSizeBytes,
      int workers,
      Compression compression,
      String volume,
      Optional<ChangedSince> changed)
      implements MoverTask {
    /// Reads all of the volume, at the fastest compression.
    public Export(
        Path source, VaultLocation vault, Domain domain, int blockSizeBytes, int workers) {
      this(
          source,
          vault,
          domain,
          blockSizeBytes,
          workers,
          Compression.FASTEST,
          "",
          Optional.empty());
    }

    @Override
    public List<String> arguments(Path passwordFile, Path resultFile) {
      List<String> line = new ArrayList<>(List.of("mover", "backup"));
      line.addAll(List.of("--source", source.toString()));
      line.addAll(common(this, passwordFile, resultFile));
      line.addAll(numbers(blockSizeBytes, workers));
      if (compression != Compression.FASTEST) {
        line.addAll(List.of("--compression", compression.name().toLowerCase(Locale.ROOT)));
      }
      if (!volume.isEmpty()) {
        line.addAll(List.of("--volume", volume));
      }
      changed.map(ChangedSince::arguments).ifPresent(line::addAll);
      return line;
    }
  }

  /// Vault to volume. `tree` is the volume's folder in the vault; `target` a block device, a raw
  /// file, or a folder. `blockSizeBytes` is the one of the volume's facts: the digest is over such
  /// blocks.
  record Populate(
      VaultLocation vault, Domain domain, TreeId tree, Path target, int blockSizeBytes, int workers)
      implements MoverTask {
    @Override
    public List<String> arguments(Path passwordFile, Path resultFile) {
      List<String> line = new ArrayList<>(List.of("mover", "restore"));
      line.addAll(List.of("--tree", tree.toString(), "--target", target.toString()));
      line.addAll(common(this, passwordFile, resultFile));
      line.addAll(numbers(blockSizeBytes, workers));
      return line;
    }
  }

  private static List<String> common(MoverTask task, Path passwordFile, Path resultFile) {
    return List.of(
        "--vault",
        address(task.vault()),
        "--domain",
        task.domain().name(),
        "--password-file",
        passwordFile.toString(),
        "--result",
        resultFile.toString());
  }

  private static List<String> numbers(int blockSizeBytes, int workers) {
    List<String> line = new ArrayList<>();
    if (blockSizeBytes > 0) {
      line.addAll(List.of("--block-size", Integer.toString(blockSizeBytes)));
    }
    if (workers > 0) {
      line.addAll(List.of("--workers", Integer.toString(workers)));
    }
    return line;
  }

  private static String address(VaultLocation vault) {
    return switch (vault) {
      case VaultLocation.Bucket bucket -> bucket.url();
      case VaultLocation.Folder folder -> folder.path();
      case VaultLocation.NfsShare share -> throw notMounted(share);
      case VaultLocation.Claim claim -> throw notMounted(claim);
    };
  }

  private static FirnException notMounted(VaultLocation vault) {
    return new FirnException(
        new Failure(
            FailureCode.USAGE,
            "A mover reads a vault from a folder, not from " + vault.url(),
            "Mount it and name the folder.",
            Map.of("vault", vault.url()),
            false));
  }
}
