package io.firn.repository.disk;

import io.firn.repository.ByteRange;
import io.firn.repository.file.NativeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a file has data, by asking the file system for its holes. Where that cannot be asked, all
/// of it may be data.
final class DataRanges {
  private DataRanges() {}

  static List<ByteRange> of(Path path, long sizeBytes) throws IOException {
    if (sizeBytes == 0) {
      return List.of();
    }
    Optional<NativeFile> opened = NativeFile.open(path, false);
    if (opened.isEmpty()) {
      return whole(sizeBytes);
    }
    try (NativeFile file = opened.get()) {
      return scan(file, sizeBytes);
    }
  }

  private static List<ByteRange> scan(NativeFile file, long sizeBytes) {
    List<ByteRange> ranges = new ArrayList<>();
    long at = 0;
    while (at < sizeBytes) {
      long data = file.seek(at, NativeFile.SEEK_DATA);
      if (data == -NativeFile.ENXIO || data >= sizeBytes) {
        return ranges;
      }
      long hole = data < 0 ? data : file.seek(data, NativeFile.SEEK_HOLE);
      if (hole <= data) {
        return whole(sizeBytes);
      }
      long end = Math.min(hole, sizeBytes);
      ranges.add(new ByteRange(data, end - data));
      at = end;
    }
    return ranges;
  }

  private static List<ByteRange> whole(long sizeBytes) {
    return List.of(new ByteRange(0, sizeBytes));
  }
}
