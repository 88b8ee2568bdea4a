package io.firn.cli.command;

import io.firn.cli.Session;
import io.firn.mover.MoverTask;
import io.firn.point.Domain;
import io.firn.point.VaultLocation;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `firn mover restore`.
@Command(
    name = "restore",
    description = "Write one disk back from the vault, sparse where the target can be.",
    sortOptions = false)
public final class MoverRestoreCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--tree",
      paramLabel = "HEX",
      required = true,
      description = "The tree of the volume's folder, as 'firn mover backup' printed it.")
  private String tree = "";

  @Option(
      names = "--target",
      paramLabel = "PATH",
      required = true,
      description = "A block device, a raw file, or the folder of a Filesystem claim.")
  private Path target = Path.of("");

  @Option(
      names = "--block-size",
      paramLabel = "BYTES",
      defaultValue = "0",
      description = "The block size of the digest at capture; default: that of the disk's size.")
  private int blockSize;

  @Mixin private MoverRun mover = new MoverRun();

  public MoverRestoreCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return mover.run(
        session,
        new MoverTask.Populate(
            VaultLocation.parse(mover.vault()),
            new Domain(mover.domain()),
            TreeArgument.parse(tree),
            target,
            blockSize,
            mover.workers()));
  }
}
