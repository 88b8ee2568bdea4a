package io.firn.point;

import io.firn.repository.KeyId;
import io.firn.repository.Repository;
import io.firn.repository.crypto.AuthenticationException;
import io.firn.repository.crypto.Sealing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// What this machine remembers of one vault, so that lists are fast (decision 0018): small entries,
/// one a kind and domain, sealed with the key of the vault's marker. Whatever is wrong with one
/// (deleted, damaged, swapped, of another version, not writable), it is as if it were not there.
///
/// Thread-safe; processes that write at once leave the entry of one of them.
final class VaultCache implements AutoCloseable {
  /// Which things are remembered.
  enum Kind {
    POINTS("points"),
    KEY("key");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  private static final String VERSION = "firn-cache 1";
  private static final int NAME_BYTES = 16;

  private final Path folder;
  private final Sealing sealing;
  private final KeyId markerKey;

  private VaultCache(Path folder, Sealing sealing, KeyId markerKey) {
    this.folder = folder;
    this.sealing = sealing;
    this.markerKey = markerKey;
  }

  /// The cache of the vault whose marker this is; empty where there is no place for one.
  static Optional<VaultCache> of(CacheRoot root, Repository marker) {
    return root.folder()
        .map(path -> new VaultCache(path.resolve(marker.id()), marker.sealing(), marker.keyId()));
  }

  /// The key of the marker that this process came in with.
  KeyId markerKey() {
    return markerKey;
  }

  /// An entry as it was written.
  Optional<byte[]> read(Kind kind, Domain domain) {
    try {
      byte[] plain = sealing.open(Files.readAllBytes(file(kind, domain)));
      byte[] head = head(kind, domain);
      boolean ours =
          plain.length >= head.length && Arrays.equals(plain, 0, head.length, head, 0, head.length);
      return ours
          ? Optional.of(Arrays.copyOfRange(plain, head.length, plain.length))
          : Optional.empty();
    } catch (IOException | AuthenticationException e) {
      return Optional.empty();
    }
  }

  /// Writes an entry, or does not: a cache that cannot be written is no failure.
  void write(Kind kind, Domain domain, byte[] content) {
    byte[] head = head(kind, domain);
    byte[] plain = Arrays.copyOf(head, head.length + content.length);
    System.arraycopy(content, 0, plain, head.length, content.length);
    try {
      Files.createDirectories(folder, ownerOnly(folder, "rwx------"));
      Path fresh = Files.createTempFile(folder, "fresh", "", ownerOnly(folder, "rw-------"));
      try {
        Files.write(fresh, sealing.seal(plain));
        Files.move(fresh, file(kind, domain), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      // Slower the next time, and right all the same.
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  @Override
  public void close() {
    sealing.close();
  }

  private Path file(Kind kind, Domain domain) {
    return folder.resolve(kind.prefix + "-" + hash(domain.name()));
  }

  /// Says what an entry is, so that one cannot be taken for another.
  private static byte[] head(Kind kind, Domain domain) {
    return (VERSION + "\n" + kind.prefix + "\n" + domain.name() + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static FileAttribute<?>[] ownerOnly(Path folder, String permissions) {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static String hash(String name) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum, 0, NAME_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
