package io.firn.mover;

import io.firn.repository.ByteRange;
import io.firn.repository.ChangedRanges;
import io.firn.repository.Node;
import io.firn.repository.ParentDisk;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryReader;
import io.firn.repository.TreeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Changed ranges as a mover is told of them. `ranges` is a file with a line `OFFSET LENGTH`, in
/// bytes, for each; `parent` is the volume's folder in the vault that they count from, with the
/// volume handle that it had (both handles "" where the storage gives none).
public record ChangedSince(
    Path ranges,
    TreeId parent,
    String parentVolumeHandle,
    String volumeHandle,
    int granularityBytes) {
  public static final int DEFAULT_GRANULARITY_BYTES = 64 << 10;

  List<String> arguments() {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("--changed-ranges", ranges.toString(), "--parent", parent.toString()));
    if (!parentVolumeHandle.isEmpty()) {
      line.addAll(List.of("--parent-volume-handle", parentVolumeHandle));
    }
    if (!volumeHandle.isEmpty()) {
      line.addAll(List.of("--volume-handle", volumeHandle));
    }
    if (granularityBytes != DEFAULT_GRANULARITY_BYTES) {
      line.addAll(List.of("--granularity", Integer.toString(granularityBytes)));
    }
    return line;
  }

  /// Looks up the parent; one that is not there any more is no error.
  ChangedRanges read(RepositoryReader reader) throws IOException {
    return ChangedRanges.since(parentDisk(reader), volumeHandle, lines(), granularityBytes);
  }

  private Optional<ParentDisk> parentDisk(RepositoryReader reader) {
    try {
      return reader
          .tree(parent)
          .find(VolumeExport.DISK)
          .filter(node -> node.content().isPresent())
          .map((Node node) -> ParentDisk.of(node, parentVolumeHandle));
    } catch (RepositoryException e) {
      if (e.code() == RepositoryException.FailureCode.CORRUPT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// The ranges, as the file has them.
  List<ByteRange> lines() throws IOException {
    List<ByteRange> found = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(ranges)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      String[] fields = line.strip().split("\\s+");
      try {
        found.add(new ByteRange(Long.parseLong(fields[0]), Long.parseLong(fields[1])));
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
        throw new IOException(
            "line %d of %s is no range, which is 'OFFSET LENGTH' in bytes: %s"
                .formatted(number, ranges, line),
            e);
      }
    }
    return found;
  }
}
