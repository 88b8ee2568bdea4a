package io.firn.point;

import io.firn.repository.Digest;
import io.firn.repository.KeyId;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.key.KeyMemory;
import io.firn.repository.key.OpenKey;
import java.util.Arrays;
import java.util.Optional;

/// The master key of a domain, remembered in the vault's cache: the marker's key file that it was
/// remembered under, the domain's key file, the key; 128 bytes. It is recalled only by who came in
/// with the same password as who left it.
record CachedKey(VaultCache cache, Domain domain) implements KeyMemory {
  private static final int ID_BYTES = 32;
  private static final int SIZE = 2 * ID_BYTES + SecretKey.BYTES;

  @Override
  public Optional<OpenKey> recall() {
    return cache
        .read(VaultCache.Kind.KEY, domain)
        .filter(entry -> entry.length == SIZE)
        .filter(entry -> Digest.of(entry, 0).equals(cache.markerKey().digest()))
        .map(CachedKey::decode);
  }

  @Override
  public void keep(OpenKey key) {
    byte[] entry = new byte[SIZE];
    cache.markerKey().digest().copyTo(entry, 0);
    key.id().digest().copyTo(entry, ID_BYTES);
    put(key.master().encryption(), entry, 2 * ID_BYTES);
    put(key.master().macNonceKey(), entry, 2 * ID_BYTES + 32);
    put(key.master().macMultiplier(), entry, 2 * ID_BYTES + 48);
    cache.write(VaultCache.Kind.KEY, domain, entry);
    Arrays.fill(entry, (byte) 0);
  }

  private static OpenKey decode(byte[] entry) {
    byte[] key = Arrays.copyOfRange(entry, 2 * ID_BYTES, SIZE);
    OpenKey open = new OpenKey(new KeyId(Digest.of(entry, ID_BYTES)), new SecretKey(key));
    Arrays.fill(key, (byte) 0);
    Arrays.fill(entry, (byte) 0);
    return open;
  }

  private static void put(byte[] part, byte[] entry, int at) {
    System.arraycopy(part, 0, entry, at, part.length);
    Arrays.fill(part, (byte) 0);
  }
}
