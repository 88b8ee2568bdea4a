package io.firn.simulator.guest;

import io.firn.simulator.guest.Ext4Volume.Ext4Damage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// Tells whether the ext4 file system of a root disk is intact, without e2fsck: superblock, every
/// group's descriptor and bitmaps, every inode and directory in the tree by their checksums, and
/// the files named in `/usr/share/firn/SHA256SUMS`, if it has that, by their content.
///
/// Thread-safe; changes nothing.
public final class Ext4Check {
  private static final int ROOT_INODE = 2;
  private static final String SUMS = "usr/share/firn/SHA256SUMS";

  private final Ext4Volume volume;
  private final Map<String, Ext4Volume.Inode> files = new TreeMap<>();

  private Ext4Check(Ext4Volume volume) {
    this.volume = volume;
  }

  /// What was found. `explanation` says what is wrong, or how much was checked.
  public record Report(boolean intact, int groups, int files, String explanation) {}

  /// Checks a raw image.
  public static Report of(Path image) throws IOException {
    try (FileChannel channel = FileChannel.open(image, StandardOpenOption.READ)) {
      Ext4Check check = new Ext4Check(Ext4Volume.open(PageSource.of(channel, image)));
      check.groups();
      check.tree(ROOT_INODE, "", 0);
      int sums = check.sums();
      return new Report(
          true,
          check.volume.groups(),
          check.files.size(),
          "%d block groups, %d files, %d contents"
              .formatted(check.volume.groups(), check.files.size(), sums));
    } catch (Ext4Damage e) {
      return new Report(false, 0, 0, String.valueOf(e.getMessage()));
    }
  }

  private void groups() throws IOException, Ext4Damage {
    for (int group = 0; group < volume.groups(); group++) {
      volume.checkGroup(group);
    }
  }

  private void tree(int number, String path, int depth) throws IOException, Ext4Damage {
    Ext4Volume.Inode inode = volume.inode(number);
    if (inode.regular()) {
      files.put(path, inode);
    }
    if (!inode.directory() || depth > 32) {
      return;
    }
    for (Ext4Volume.Entry entry : volume.entries(inode)) {
      if (!entry.name().equals(".") && !entry.name().equals("..")) {
        String below = path.isEmpty() ? entry.name() : path + "/" + entry.name();
        tree(entry.inode(), below, depth + 1);
      }
    }
  }

  private int sums() throws IOException, Ext4Damage {
    Ext4Volume.Inode list = files.get(SUMS);
    if (list == null) {
      return 0;
    }
    int checked = 0;
    String text = new String(volume.content(list), StandardCharsets.UTF_8);
    for (String line : text.lines().toList()) {
      String name = line.substring(66);
      Ext4Volume.Inode file = files.get(name);
      if (file == null || !sha256(volume.content(file)).equals(line.substring(0, 64))) {
        throw new Ext4Damage("/" + name + " is missing or has other content");
      }
      checked++;
    }
    return checked;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
