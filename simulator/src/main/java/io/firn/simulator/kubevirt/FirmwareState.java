package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// TPM and EFI variables on the backend-storage volume, where the real parts keep them: swtpm under
/// the firmware UUID, EFI variables under the instance's name. What is there is used, what is not
/// is made anew, as a guest with a changed UUID finds out.
final class FirmwareState {
  private static final int STATE_BYTES = 4096;

  private FirmwareState() {}

  /// Opens or makes the state; answers what the launcher says of it.
  static List<String> open(Path folder, ObjectNode instance) throws IOException {
    String uuid = Fields.text(instance, "spec", "domain", "firmware", "uuid");
    List<String> lines = new ArrayList<>();
    if (Fields.at(instance, "spec", "domain", "devices", "tpm", "persistent").asBoolean()) {
      Path file = folder.resolve("swtpm").resolve(uuid).resolve("tpm2-00.permall");
      lines.add(open(file, "tpm", Meta.uid(instance)));
    }
    boolean efi =
        Fields.at(instance, "spec", "domain", "firmware", "bootloader", "efi", "persistent")
            .asBoolean();
    if (efi) {
      Path file = folder.resolve("nvram").resolve(Meta.name(instance) + "_VARS.fd");
      lines.add(open(file, "efi", Meta.uid(instance)));
    }
    return lines;
  }

  private static String open(Path file, String what, String uid) throws IOException {
    boolean kept = Files.exists(file);
    if (!kept) {
      Files.createDirectories(file.getParent());
      Files.write(file, fresh(what + uid));
    }
    String digest = HexFormat.of().formatHex(sha256(Files.readAllBytes(file)), 0, 6);
    return what + ": " + (kept ? "state " : "new state ") + digest;
  }

  /// Bytes that no other instance's state has.
  private static byte[] fresh(String identity) {
    ByteBuffer state = ByteBuffer.allocate(STATE_BYTES);
    byte[] piece = sha256(identity.getBytes(StandardCharsets.UTF_8));
    while (state.hasRemaining()) {
      state.put(piece);
      piece = sha256(piece);
    }
    return state.array();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
