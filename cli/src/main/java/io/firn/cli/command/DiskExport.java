package io.firn.cli.command;

import io.firn.cli.Session;
import io.firn.cli.options.ProgressOptions;
import io.firn.cli.options.UsageFailure;
import io.firn.cli.progress.Progress;
import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.point.Manifest;
import io.firn.point.PointReader;
import io.firn.repository.Node;
import io.firn.repository.StoredDisk;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    StoredDisk disk = reader.reader().disk(node);
    try (Progress progress = progresses.open(session)) {
      if (target.equals("-")) {
        OutputStream out = session.terminal().out();
        copy(
            disk,
            progress,
            (_, piece) -> out.write(piece.array(), piece.arrayOffset(), piece.limit()));
        out.flush();
      } else {
        toFile(disk, Path.of(target), progress);
      }
    }
  }

  private void toFile(StoredDisk disk, Path file, Progress progress) throws IOException {
    if (Files.exists(file)) {
      throw UsageFailure.of(file + " exists already", "Name a new file, or remove it first.");
    }
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      copy(disk, progress, (offset, piece) -> writeUnlessZero(channel, offset, piece));
      if (disk.sizeBytes() > channel.size()) {
        channel.write(ByteBuffer.wrap(new byte[1]), disk.sizeBytes() - 1);
      }
      channel.force(true);
    }
  }

  private static void writeUnlessZero(FileChannel channel, long offset, ByteBuffer piece)
      throws IOException {
    for (int i = 0; i < piece.limit(); i++) {
      if (piece.get(i) != 0) {
        while (piece.hasRemaining()) {
          channel.write(piece, offset + piece.position());
        }
        return;
      }
    }
  }

  private void copy(StoredDisk disk, Progress progress, Sink sink) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    long size = disk.sizeBytes();
    for (long offset = 0; offset < size; offset += piece.limit()) {
      piece.clear().limit((int) Math.min(PIECE, size - offset));
      disk.read(offset, piece);
      piece.rewind();
      sink.take(offset, piece);
      progress.transfer(claim, offset + piece.limit(), size, 0);
    }
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

  /// Takes a piece of the disk.
  private interface Sink {
    void take(long offset, ByteBuffer piece) throws IOException;
  }
}
