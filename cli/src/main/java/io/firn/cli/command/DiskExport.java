package io.firn.cli.command;

import io.firn.cli.Session;
import io.firn.cli.options.ProgressOptions;
import io.firn.cli.options.UsageFailure;
import io.firn.cli.progress.Amount;
import io.firn.cli.progress.Progress;
import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.point.Manifest;
import io.firn.point.PointReader;
import io.firn.repository.DiskOptions;
import io.firn.repository.Node;
import io.firn.repository.StoredDisk;
import io.firn.repository.disk.FileDiskTarget;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/// One disk out of a point, to a file (holes where it holds zeros) or to standard output.
final class DiskExport {
  private static final int PIECE = 1 << 20;

  private final Session session;
  private final ProgressOptions progresses;
  private final PointReader reader;
  private final String claim;

  DiskExport(Session session, ProgressOptions progresses, PointReader reader, String claim) {
    this.session = session;
    this.progresses = progresses;
    this.reader = reader;
    this.claim = claim;
  }

  void to(String target) throws IOException {
    Node node = reader.disk(claim).orElseThrow(this::absent);
    try (Progress progress = progresses.open(session)) {
      if (target.equals("-")) {
        copy(reader.reader().disk(node), progress);
      } else {
        toFile(node, Path.of(target), progress);
      }
    }
  }

  private void toFile(Node node, Path file, Progress progress) throws IOException {
    if (Files.exists(file)) {
      throw UsageFailure.of(file + " exists already", "Name a new file, or remove it first.");
    }
    try (FileDiskTarget target = FileDiskTarget.create(file)) {
      reader
          .reader()
          .restoreDisk(
              node,
              target,
              blockSizeBytes(),
              DiskOptions.RESTORE_WORKERS,
              (done, total, stored) ->
                  progress.transfer(claim, new Amount.Written(done, total, stored)));
    }
  }

  private int blockSizeBytes() {
    return reader.manifest().volumes().stream()
        .filter(volume -> volume.claim().equals(claim))
        .map(Manifest.VolumeFacts::blockSizeBytes)
        .findFirst()
        .orElseThrow(this::absent);
  }

  private void copy(StoredDisk disk, Progress progress) throws IOException {
    OutputStream out = session.terminal().out();
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    long size = disk.sizeBytes();
    for (long offset = 0; offset < size; offset += piece.limit()) {
      piece.clear().limit((int) Math.min(PIECE, size - offset));
      disk.read(offset, piece);
      out.write(piece.array(), piece.arrayOffset(), piece.limit());
      progress.transfer(claim, new Amount.Read(offset + piece.limit(), size));
    }
    out.flush();
  }

  private FirnException absent() {
    Manifest manifest = reader.manifest();
    String there =
        manifest.volumes().stream()
            .map(Manifest.VolumeFacts::claim)
            .collect(Collectors.joining(", "));
    return new FirnException(
        new Failure(
            FailureCode.OBJECT_NOT_FOUND,
            "point " + manifest.point() + " has no disk of a claim '" + claim + "'",
            "Its volumes are: " + there + ".",
            Map.of("point", manifest.point().value(), "claim", claim),
            false));
  }
}
