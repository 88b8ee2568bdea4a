package io.firn.repository.crypto;

import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/// The Java runtime's own Poly1305, which multiplies for several blocks at once where the processor
/// can. The runtime offers it to nobody but its own ciphers: it is there only where the program was
/// started with `java.base/com.sun.crypto.provider` open to it (docs/decisions/0041).
final class RuntimePoly1305 implements OneTimeMac {
  /// Shorter messages are not worth the way there.
  private static final int FEWEST_BYTES = 4 * 1024;

  private static final CallSize CALL = new CallSize(64, 16 * 1024);
  private static final Optional<Poly1305Handles> HANDLES =
      Poly1305Handles.open().filter(RuntimePoly1305::agrees);

  private final Poly1305Handles handles;
  private final Object engine;
  private final int fewestBytes;

  private RuntimePoly1305(Poly1305Handles handles, int fewestBytes) {
    this.handles = handles;
    this.engine = handles.newEngine();
    this.fewestBytes = fewestBytes;
  }

  /// Empty where the runtime has none, keeps it to itself, or has another than we take it for.
  static Optional<OneTimeMac> find() {
    return find(FEWEST_BYTES);
  }

  /// For messages of so many bytes; shorter ones are left to our own.
  static Optional<OneTimeMac> find(int fewestBytes) {
    return HANDLES.map(handles -> new RuntimePoly1305(handles, fewestBytes));
  }

  @Override
  public byte[] tag(byte[] key, byte[] message, int offset, int length) {
    if (length < fewestBytes) {
      return OWN.tag(key, message, offset, length);
    }
    try {
      return handles.tag(engine, key, message, offset, length, CALL.forMessage(length));
    } catch (InvalidKeyException refused) {
      // No key that anybody has drawn, but a tag is a tag.
      return OWN.tag(key, message, offset, length);
    }
  }

  /// One message, against our own.
  private static boolean agrees(Poly1305Handles handles) {
    byte[] message = new byte[1000];
    byte[] key = new byte[32];
    Random random = new Random(1305);
    random.nextBytes(message);
    random.nextBytes(key);
    try {
      byte[] tag = handles.tag(handles.newEngine(), key, message, 0, message.length, 256);
      return Arrays.equals(tag, OWN.tag(key, message, 0, message.length));
    } catch (InvalidKeyException e) {
      return false;
    }
  }
}
