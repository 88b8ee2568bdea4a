package io.firn.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.repository.Password;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// The Secret through which the movers of one run get the vault's password, as a file. It lives as
/// long as the run. Stateless.
public final class VaultSecret {
  private VaultSecret() {}

  /// The name of a run's Secret; one in each namespace that movers run in.
  public static ObjectRef refOf(RunMarks marks, String namespace) {
    return ObjectRef.of(Kinds.SECRET, namespace, "firn-" + marks.run());
  }

  /// The object to create, with the password under `key`.
  public static ObjectNode objectFor(
      RunMarks marks, String namespace, String key, Password password) {
    ObjectRef ref = refOf(marks, namespace);
    ObjectNode secret = marks.object(Kinds.SECRET, namespace, ref.name());
    secret.put("type", "Opaque");
    char[] characters = password.characters();
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
    byte[] text = new byte[bytes.remaining()];
    bytes.get(text);
    secret.putObject("data").put(key, Base64.getEncoder().encodeToString(text));
    Arrays.fill(characters, '\0');
    Arrays.fill(text, (byte) 0);
    return secret;
  }
}
