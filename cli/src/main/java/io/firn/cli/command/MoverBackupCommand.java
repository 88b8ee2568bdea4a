package io.firn.cli.command;

import io.firn.cli.Session;
import io.firn.cli.options.CompressionOptions;
import io.firn.mover.MoverTask;
import io.firn.point.Domain;
import io.firn.point.VaultLocation;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `firn mover backup`.
@Command(
    name = "backup",
    description = "Store one disk in the vault; prints the tree that it wrote.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer =
        "  firn mover backup --source disk.img --vault /backup --domain shop"
            + " --password-file pw")
public final class MoverBackupCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--source",
      paramLabel = "PATH",
      required = true,
      description = "A block device, a raw file, or the folder of a Filesystem claim.")
  private Path source = Path.of("");

  @Option(
      names = "--block-size",
      paramLabel = "BYTES",
      defaultValue = "0",
      description = "A power of two; default: chosen by the size of the disk.")
  private int blockSize;

  @Option(
      names = "--volume",
      paramLabel = "NAME",
      defaultValue = "",
      description =
          "Name under which the next backup of this volume finds what its blocks were, so that it"
              + " need not hash those that have not changed; default: the path of the source.")
  private String volume = "";

  @Mixin private CompressionOptions compressing = new CompressionOptions();

  @ArgGroup(exclusive = false, heading = "Changed since a stored version:%n")
  private @Nullable ChangedSinceOptions changed;

  @Mixin private MoverRun mover = new MoverRun();

  public MoverBackupCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    mover.makeDomainIfAbsent(session);
    return mover.run(
        session,
        new MoverTask.Export(
            source,
            VaultLocation.parse(mover.vault()),
            new Domain(mover.domain()),
            blockSize,
            mover.workers(),
            compressing.compression(),
            volume,
            Optional.ofNullable(changed).map(ChangedSinceOptions::changedSince)));
  }
}
