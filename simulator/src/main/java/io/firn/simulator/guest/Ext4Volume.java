package io.firn.simulator.guest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Reads an ext4 file system with metadata checksums, checking each piece of metadata as it is read
/// (kernel documentation, filesystems/ext4: super, group descriptors, bitmaps, inodes, extents,
/// directory entries). Whatever is wrong is a [Ext4Damage].
final class Ext4Volume {
  private static final int MAGIC = 0xEF53;
  private static final int CLEAN = 1;
  private static final int ERRORS = 2;
  private static final int METADATA_CSUM = 0x400;
  private static final int EXTENT_MAGIC = 0xF30A;
  private static final int INODE_UNUSED = 1;
  private static final int BLOCKS_UNUSED = 2;

  private final PageSource disk;
  private final ByteBuffer superblock;
  private final int blockBytes;
  private final int seed;

  private Ext4Volume(PageSource disk, ByteBuffer superblock) {
    this.disk = disk;
    this.superblock = superblock;
    this.blockBytes = 1024 << superblock.getInt(0x18);
    byte[] uuid = new byte[16];
    superblock.get(0x68, uuid);
    this.seed = Crc32c.update(Crc32c.START, uuid);
  }

  /// What was found to be wrong.
  static final class Ext4Damage extends Exception {
    private static final long serialVersionUID = 1L;

    Ext4Damage(String message) {
      super(message);
    }
  }

  /// Opens the file system that begins at the start of a disk.
  static Ext4Volume open(PageSource disk) throws IOException, Ext4Damage {
    if (disk.sizeBytes() < 2048) {
      throw new Ext4Damage("the disk is too small for a file system");
    }
    byte[] bytes = new byte[1024];
    disk.read(1024, ByteBuffer.wrap(bytes));
    ByteBuffer superblock = little(bytes);
    require((superblock.getShort(0x38) & 0xFFFF) == MAGIC, "there is no ext4 superblock");
    require((superblock.getInt(0x64) & METADATA_CSUM) != 0, "it has no metadata checksums");
    int crc = Crc32c.update(Crc32c.START, bytes, 0, 0x3FC);
    require(crc == superblock.getInt(0x3FC), "the superblock's checksum is wrong");
    int state = superblock.getShort(0x3A);
    require((state & CLEAN) != 0 && (state & ERRORS) == 0, "it was not unmounted cleanly");
    return new Ext4Volume(disk, superblock);
  }

  int groups() {
    long blocks = superblock.getInt(0x4) & 0xFFFF_FFFFL;
    int perGroup = superblock.getInt(0x20);
    return (int) ((blocks + perGroup - 1) / perGroup);
  }

  private ByteBuffer descriptor(int group) throws IOException {
    int size = Math.max(32, superblock.getShort(0xFE));
    byte[] bytes = new byte[size];
    long table = (superblock.getInt(0x14) + 1L) * blockBytes;
    disk.read(table + (long) group * size, ByteBuffer.wrap(bytes));
    return little(bytes);
  }

  /// Checks a group's descriptor and its two bitmaps.
  void checkGroup(int group) throws IOException, Ext4Damage {
    ByteBuffer descriptor = descriptor(group);
    int stored = descriptor.getShort(0x1E) & 0xFFFF;
    byte[] plain = bytes(descriptor);
    plain[0x1E] = 0;
    plain[0x1F] = 0;
    int crc = Crc32c.update(Crc32c.update(seed, group), plain);
    require(stored == (crc & 0xFFFF), "the descriptor of group " + group + " is damaged");
    int flags = descriptor.getShort(0x12);
    if ((flags & BLOCKS_UNUSED) == 0) {
      checkBitmap(descriptor, 0x0, 0x18, superblock.getInt(0x24) / 8, "block", group);
    }
    if ((flags & INODE_UNUSED) == 0) {
      checkBitmap(descriptor, 0x4, 0x1A, superblock.getInt(0x28) / 8, "inode", group);
    }
  }

  private void checkBitmap(
      ByteBuffer descriptor, int place, int checksum, int lengthBytes, String kind, int group)
      throws IOException, Ext4Damage {
    byte[] bitmap = block(number(descriptor, place));
    int crc = Crc32c.update(seed, bitmap, 0, lengthBytes);
    int stored = descriptor.getShort(checksum) & 0xFFFF;
    boolean wide = descriptor.capacity() >= 64;
    int mask = wide ? ~0 : 0xFFFF;
    int high = wide ? descriptor.getShort(checksum + 0x20) & 0xFFFF : 0;
    require(
        (crc & mask) == (stored | high << 16),
        "the " + kind + " bitmap of group " + group + " is damaged");
  }

  private static long number(ByteBuffer descriptor, int place) {
    long low = descriptor.getInt(place) & 0xFFFF_FFFFL;
    long high = descriptor.capacity() >= 64 ? descriptor.getInt(place + 0x20) & 0xFFFF_FFFFL : 0;
    return low | high << 32;
  }

  /// An inode: its number, its bytes, and the checksum seed of its own blocks.
  record Inode(int number, ByteBuffer content, int seed) {
    boolean directory() {
      return (content.getShort(0) & 0xF000) == 0x4000;
    }

    boolean regular() {
      return (content.getShort(0) & 0xF000) == 0x8000;
    }

    long sizeBytes() {
      return (content.getInt(0x4) & 0xFFFF_FFFFL) | (long) content.getInt(0x6C) << 32;
    }
  }

  Inode inode(int number) throws IOException, Ext4Damage {
    int perGroup = superblock.getInt(0x28);
    int size = superblock.getShort(0x58);
    ByteBuffer descriptor = descriptor((number - 1) / perGroup);
    byte[] bytes = new byte[size];
    long table = number(descriptor, 0x8) * blockBytes;
    disk.read(table + (long) ((number - 1) % perGroup) * size, ByteBuffer.wrap(bytes));
    ByteBuffer inode = little(bytes);
    int stored =
        (inode.getShort(0x7C) & 0xFFFF) | (size > 128 ? (inode.getShort(0x82) & 0xFFFF) << 16 : 0);
    byte[] plain = bytes.clone();
    plain[0x7C] = 0;
    plain[0x7D] = 0;
    if (size > 128) {
      plain[0x82] = 0;
      plain[0x83] = 0;
    }
    int own = Crc32c.update(Crc32c.update(seed, number), inode.getInt(0x64));
    int crc = Crc32c.update(own, plain);
    int mask = size > 128 ? ~0 : 0xFFFF;
    require((crc & mask) == stored, "inode " + number + " is damaged");
    return new Inode(number, inode, own);
  }

  /// The content of a file or directory.
  byte[] content(Inode inode) throws IOException, Ext4Damage {
    require(
        inode.sizeBytes() <= 64 << 20, "inode " + inode.number() + " is larger than any file here");
    byte[] content = new byte[(int) inode.sizeBytes()];
    ByteBuffer root = little(bytes(inode.content().slice(0x28, 60)));
    read(inode, root, content);
    return content;
  }

  private void read(Inode inode, ByteBuffer node, byte[] content) throws IOException, Ext4Damage {
    require(
        (node.getShort(0) & 0xFFFF) == EXTENT_MAGIC,
        "the extents of inode " + inode.number() + " are damaged");
    int entries = node.getShort(2);
    boolean leaf = node.getShort(6) == 0;
    for (int i = 0; i < entries; i++) {
      int at = 12 + 12 * i;
      if (leaf) {
        copyExtent(node, at, content);
      } else {
        long child = (node.getInt(at + 4) & 0xFFFF_FFFFL) | (node.getShort(at + 8) & 0xFFFFL) << 32;
        read(inode, extentBlock(inode, child), content);
      }
    }
  }

  private ByteBuffer extentBlock(Inode inode, long number) throws IOException, Ext4Damage {
    byte[] bytes = block(number);
    ByteBuffer node = little(bytes);
    int tail = 12 + 12 * (node.getShort(4) & 0xFFFF);
    require(
        tail + 4 <= blockBytes && Crc32c.update(inode.seed(), bytes, 0, tail) == node.getInt(tail),
        "an extent block of inode " + inode.number() + " is damaged");
    return node;
  }

  private void copyExtent(ByteBuffer node, int at, byte[] content) throws IOException {
    long first = node.getInt(at) & 0xFFFF_FFFFL;
    int count = node.getShort(at + 4) & 0xFFFF;
    if (count > 32768) {
      return; // reserved but never written: reads as zeros
    }
    long start = (node.getInt(at + 8) & 0xFFFF_FFFFL) | (node.getShort(at + 6) & 0xFFFFL) << 32;
    long offset = first * blockBytes;
    if (offset < content.length) {
      int length = (int) Math.min((long) count * blockBytes, content.length - offset);
      disk.read(start * blockBytes, ByteBuffer.wrap(content, (int) offset, length));
    }
  }

  /// A name in a directory.
  record Entry(String name, int inode) {}

  /// The entries of a directory, each of its blocks checked.
  List<Entry> entries(Inode directory) throws IOException, Ext4Damage {
    byte[] content = content(directory);
    List<Entry> entries = new ArrayList<>();
    for (int block = 0; block + blockBytes <= content.length; block += blockBytes) {
      ByteBuffer bytes = little(content);
      int tail = block + blockBytes - 12;
      int crc = Crc32c.update(directory.seed(), content, block, blockBytes - 12);
      require(
          bytes.getInt(tail + 8) == crc,
          "a block of directory " + directory.number() + " is damaged");
      int at = block;
      while (at < tail) {
        int length = bytes.getShort(at + 4) & 0xFFFF;
        require(length >= 8, "a block of directory " + directory.number() + " is damaged");
        if (bytes.getInt(at) != 0) {
          String name =
              new String(
                  content, at + 8, content[at + 6] & 0xFF, java.nio.charset.StandardCharsets.UTF_8);
          entries.add(new Entry(name, bytes.getInt(at)));
        }
        at += length;
      }
    }
    return entries;
  }

  private byte[] block(long number) throws IOException {
    byte[] bytes = new byte[blockBytes];
    disk.read(number * blockBytes, ByteBuffer.wrap(bytes));
    return bytes;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.capacity()];
    buffer.get(0, bytes);
    return bytes;
  }

  private static void require(boolean holds, String otherwise) throws Ext4Damage {
    if (!holds) {
      throw new Ext4Damage(otherwise);
    }
  }
}
