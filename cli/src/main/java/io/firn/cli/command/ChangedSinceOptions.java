package io.firn.cli.command;

import io.firn.mover.ChangedSince;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// What has changed on a disk, and since when. All or nothing.
final class ChangedSinceOptions {
  @Option(
      names = "--changed-ranges",
      paramLabel = "FILE",
      required = true,
      description = "Read only what changed: a line 'OFFSET LENGTH' in bytes for each range.")
  private Path ranges = Path.of("");

  @Option(
      names = "--parent",
      paramLabel = "HEX",
      required = true,
      description = "The tree that the ranges count from, as an earlier backup printed it.")
  private String parent = "";

  @Option(
      names = "--volume-handle",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The storage's name for the volume; must be the parent's.")
  private String volumeHandle = "";

  @Option(
      names = "--parent-volume-handle",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The one of the parent.")
  private String parentVolumeHandle = "";

  @Option(
      names = "--granularity",
      paramLabel = "BYTES",
      defaultValue = "" + ChangedSince.DEFAULT_GRANULARITY_BYTES,
      description = "The unit that changes are tracked in; default: ${DEFAULT-VALUE}.")
  private int granularity = ChangedSince.DEFAULT_GRANULARITY_BYTES;

  ChangedSince changedSince() {
    return new ChangedSince(
        ranges, TreeArgument.parse(parent), parentVolumeHandle, volumeHandle, granularity);
  }
}
