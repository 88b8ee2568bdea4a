package io.firn.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.point.SecretFile;
import io.firn.repository.Password;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// The Secret through which the movers of one run get the vault's password and its storage's
/// credentials, as files. It lives as long as the run. Stateless.
public final class VaultSecret {
  private VaultSecret() {}

  /// The name of a run's Secret; one in each namespace that movers run in.
  public static ObjectRef refOf(RunMarks marks, String namespace) {
    return ObjectRef.of(Kinds.SECRET, namespace, "firn-" + marks.run());
  }

  /// The object to create, with the password under `key` and the files beside it.
  public static ObjectNode objectFor(
      RunMarks marks, String namespace, String key, Password password, List<SecretFile> files) {
    ObjectRef ref = refOf(marks, namespace);
    ObjectNode secret = marks.object(Kinds.SECRET, namespace, ref.name());
    secret.put("type", "Opaque");
    char[] characters = password.characters();
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
    byte[] text = new byte[bytes.remaining()];
    bytes.get(text);
    ObjectNode data = secret.putObject("data");
    data.put(key, Base64.getEncoder().encodeToString(text));
    for (SecretFile file : files) {
      data.put(file.name(), Base64.getEncoder().encodeToString(file.content()));
    }
    Arrays.fill(characters, '\0');
    Arrays.fill(text, (byte) 0);
    return secret;
  }
}
