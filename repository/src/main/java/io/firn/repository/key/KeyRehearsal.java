package io.firn.repository.key;

import io.firn.repository.Password;
import io.firn.repository.crypto.AuthenticationException;
import io.firn.repository.crypto.SecretKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;

/// Opens a key of its own that nobody keeps, so that opening a real one finds everything loaded,
/// linked and compiled (docs/decisions/0044): the JSON reader, whose numbers alone take the runtime
/// 70 ms, and scrypt at a cost that makes the compilers look at it.
public final class KeyRehearsal {
  private static final KdfCost COST = new KdfCost(1 << 9, 8, 1);

  private KeyRehearsal() {}

  public static void run() {
    SecureRandom random = new SecureRandom();
    KeyOwner owner = new KeyOwner("nobody", "nowhere", Instant.EPOCH);
    try (SecretKey master = SecretKey.generate(random);
        Password password = new Password("rehearsal".toCharArray())) {
      byte[] file = KeyFile.wrap(master, password, COST, owner, random).toBytes();
      KeyFile.parse(file).unwrap(password).close();
    } catch (AuthenticationException | IOException e) {
      throw new IllegalStateException("a key that was just made does not open", e);
    }
  }
}
