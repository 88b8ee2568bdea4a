package io.firn.repository.crypto;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/// Ways to the Java runtime's `com.sun.crypto.provider.Poly1305`, which is not public. Thread-safe;
/// an engine is for one thread.
record Poly1305Handles(
    MethodHandle make, MethodHandle init, MethodHandle update, MethodHandle finish) {
  /// Empty where there is no such class, or where it is closed to us.
  static Optional<Poly1305Handles> open() {
    try {
      Class<?> type = Class.forName("com.sun.crypto.provider.Poly1305");
      Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
      MethodHandle make = lookup.findConstructor(type, MethodType.methodType(void.class));
      MethodHandle init =
          method(lookup, type, "engineInit", void.class, Key.class, AlgorithmParameterSpec.class);
      return Optional.of(
          new Poly1305Handles(
              make.asType(make.type().changeReturnType(Object.class)),
              MethodHandles.insertArguments(init, 2, new Object[] {null}),
              method(lookup, type, "engineUpdate", void.class, byte[].class, int.class, int.class),
              method(lookup, type, "engineDoFinal", byte[].class)));
    } catch (ReflectiveOperationException closed) {
      // Another runtime, or one that was not told to open it: there is our own.
      return Optional.empty();
    }
  }

  /// A method of an object that the caller knows as an [Object] only.
  private static MethodHandle method(
      Lookup lookup, Class<?> type, String name, Class<?> result, Class<?>... parameters)
      throws ReflectiveOperationException {
    MethodHandle found = lookup.findVirtual(type, name, MethodType.methodType(result, parameters));
    return found.asType(found.type().changeParameterType(0, Object.class));
  }

  Object newEngine() {
    try {
      return make.invokeExact();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the Java runtime refuses its Poly1305", e);
    }
  }

  /// The tag of `length` bytes, of which each call is given `callBytes`. The runtime refuses keys
  /// with a half of zeros.
  byte[] tag(Object engine, byte[] key, byte[] message, int offset, int length, int callBytes)
      throws InvalidKeyException {
    try {
      init.invokeExact(engine, (Key) new SecretKeySpec(key, "Poly1305"));
      int done = 0;
      while (done < length) {
        int piece = Math.min(callBytes, length - done);
        update.invokeExact(engine, message, offset + done, piece);
        done += piece;
      }
      return (byte[]) finish.invokeExact(engine);
    } catch (InvalidKeyException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the Java runtime's Poly1305 failed", e);
    }
  }
}
