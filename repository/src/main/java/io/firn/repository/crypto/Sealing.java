package io.firn.repository.crypto;

/// Seals small things that belong to a repository and are kept outside it (a cache, say), with its
/// master key: who can open the repository can open them, nobody else can read or change them.
///
/// Thread-safe. Holds the key in memory until it is closed.
public final class Sealing implements AutoCloseable {
  private final SecretKey key;

  /// Takes over the key.
  public Sealing(SecretKey key) {
    this.key = key;
  }

  public byte[] seal(byte[] plain) {
    return new Envelope(key).seal(plain);
  }

  /// Fails where the bytes were not sealed with this key, or were changed since.
  public byte[] open(byte[] sealed) throws AuthenticationException {
    return new Envelope(key).open(sealed);
  }

  /// Overwrites the key.
  @Override
  public void close() {
    key.close();
  }
}
