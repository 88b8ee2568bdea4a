package io.firn.repository.corruption;

import io.firn.repository.backend.FileType;
import io.firn.repository.pack.PackEntry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The byte classes of a stored file, from what the format says of each kind.
final class Regions {
  private static final int IV = 16;
  private static final int MAC = 16;

  private Regions() {}

  /// Bytes from `start` to `end`, not included.
  record Region(String name, int start, int end) {}

  /// `blobs` are those of a pack, in order; of no meaning for other kinds.
  static List<Region> of(FileType type, byte[] file, List<PackEntry> blobs) {
    return switch (type) {
      case CONFIG -> envelope("config", 0, file.length);
      case INDEX, SNAPSHOT, LOCK, MARK, SEEN -> unpacked(file.length);
      case KEY -> json(file);
      case PACK -> pack(file, blobs);
    };
  }

  private static List<Region> envelope(String what, int start, int end) {
    return List.of(
        new Region(what + " IV", start, start + IV),
        new Region(what + " ciphertext", start + IV, end - MAC),
        new Region(what + " MAC", end - MAC, end));
  }

  private static List<Region> unpacked(int length) {
    return List.of(
        new Region("IV", 0, IV),
        new Region("version byte", IV, IV + 1),
        new Region("zstd magic", IV + 1, IV + 5),
        new Region("zstd frame", IV + 5, length - MAC),
        new Region("MAC", length - MAC, length));
  }

  /// Each value of the key file's JSON.
  private static List<Region> json(byte[] file) {
    Matcher values =
        Pattern.compile("\"(\\w+)\":(\"[^\"]*\"|\\d+)")
            .matcher(new String(file, StandardCharsets.US_ASCII));
    List<Region> regions = new ArrayList<>();
    while (values.find()) {
      regions.add(new Region("name of " + values.group(1), values.start(1), values.end(1)));
      regions.add(new Region("value of " + values.group(1), values.start(2), values.end(2)));
    }
    return regions;
  }

  private static List<Region> pack(byte[] file, List<PackEntry> blobs) {
    List<Region> regions = new ArrayList<>();
    for (PackEntry blob : blobs) {
      int start = (int) blob.offsetBytes();
      regions.addAll(envelope("blob", start, start + (int) blob.lengthBytes()));
    }
    int lengthAt = file.length - 4;
    int header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(lengthAt);
    regions.addAll(envelope("header", lengthAt - header, lengthAt));
    regions.add(new Region("header length", lengthAt, file.length));
    return regions;
  }
}
