package io.firn.repository.seen;

import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.crypto.AuthenticationException;
import io.firn.repository.crypto.BlockTagger;
import io.firn.repository.crypto.Envelope;
import io.firn.repository.crypto.SecretKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/// The folder of seen blocks: one encrypted file for each volume, replaced when the volume has
/// changed. A name is 32 hex digits of the volume (a keyed hash), 8 of the day, 24 of chance.
///
/// Nothing depends on these files. Whatever is wrong with one, or with writing it, only makes the
/// next backup hash what it reads; so nothing here fails. Thread-safe.
public final class SeenFiles {
  /// A volume that has not changed for so long is read and hashed once more.
  static final int DAYS_KEPT = 60;

  private static final int VOLUME_DIGITS = 32;
  private static final int DAY_DIGITS = 8;
  private static final int CHANCE_BYTES = 12;

  /// Of the largest file that is written: 64 bytes an entry are more than enough.
  private static final long MOST_BYTES = 64L * SeenBlocks.MOST_ENTRIES;

  private final Backend backend;
  private final SecretKey key;
  private final InstantSource clock;

  public SeenFiles(Backend backend, SecretKey key, InstantSource clock) {
    this.backend = backend;
    this.key = key;
    this.clock = clock;
  }

  /// Makes the tags that files hold.
  public BlockTagger newTagger() {
    return new BlockTagger(key);
  }

  /// What is known of a disk of that size in such blocks; nothing, where nothing is.
  public SeenBlocks load(String volume, long diskBytes, int blockBytes) {
    for (FileEntry file : files(volume)) {
      try {
        byte[] sealed = backend.load(file.handle());
        return SeenFile.decode(new Envelope(key).open(sealed), diskBytes, blockBytes);
      } catch (IOException | AuthenticationException e) {
        passedOver("reading " + file.handle(), e);
      }
    }
    return new SeenBlocks(Math.toIntExact(Math.ceilDiv(diskBytes, (long) blockBytes)));
  }

  /// Puts it in the place of what was known before. An unchanged one is not written again.
  public void save(String volume, SeenBlocks seen, long diskBytes, int blockBytes) {
    if (!seen.changed()) {
      return;
    }
    List<FileEntry> before = files(volume);
    byte[] sealed = new Envelope(key).seal(SeenFile.encode(seen, diskBytes, blockBytes));
    FileHandle handle = new FileHandle(FileType.SEEN, newName(volume));
    try {
      backend.save(handle, ByteBuffer.wrap(sealed));
      seen.saved();
      for (FileEntry file : before) {
        backend.delete(file.handle());
      }
    } catch (IOException e) {
      passedOver("writing " + handle, e);
    }
  }

  /// Removes what is older than sixty days: of volumes that are gone, most likely.
  public static void removeOld(Backend backend, Instant now) {
    try {
      for (FileEntry file : backend.list(FileType.SEEN)) {
        if (ChronoUnit.DAYS.between(day(file.handle()), today(now)) > DAYS_KEPT) {
          backend.delete(file.handle());
        }
      }
    } catch (IOException e) {
      passedOver("removing what is old", e);
    }
  }

  /// The newest first: there are several where two backups ran at once, or one was killed.
  private List<FileEntry> files(String volume) {
    String prefix = prefix(volume);
    try {
      return backend.list(FileType.SEEN).stream()
          .filter(file -> file.handle().name().startsWith(prefix))
          .filter(file -> file.sizeBytes() <= MOST_BYTES)
          .sorted(Comparator.comparing((FileEntry file) -> file.handle().name()).reversed())
          .toList();
    } catch (IOException e) {
      passedOver("listing", e);
      return List.of();
    }
  }

  private String prefix(String volume) {
    return key.derive("firn seen " + volume).toString().substring(0, VOLUME_DIGITS);
  }

  private String newName(String volume) {
    byte[] chance = new byte[CHANCE_BYTES];
    new SecureRandom().nextBytes(chance);
    int day = (int) today(clock.instant()).toEpochDay();
    return prefix(volume) + HexFormat.of().toHexDigits(day) + HexFormat.of().formatHex(chance);
  }

  private static LocalDate day(FileHandle file) {
    String digits = file.name().substring(VOLUME_DIGITS, VOLUME_DIGITS + DAY_DIGITS);
    return LocalDate.ofEpochDay(HexFormat.fromHexDigits(digits));
  }

  private static LocalDate today(Instant now) {
    return LocalDate.ofInstant(now, ZoneOffset.UTC);
  }

  private static void passedOver(String what, Exception reason) {
    System.getLogger(SeenFiles.class.getName())
        .log(System.Logger.Level.DEBUG, "seen blocks are passed over: " + what, reason);
  }
}
