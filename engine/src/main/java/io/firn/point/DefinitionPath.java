package io.firn.point;

import io.firn.graph.ObjectRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// Where a definition lies below a point's folder: `definitions/<group>/<Kind>/<name>.yaml`, group
/// `core` for the core group. Objects of another namespace lie in a folder of that name (namespaces
/// have no dot, so no file can be meant).
///
/// Names may have 253 characters, file names 255: a name too long for `.yaml` is cut and ends in a
/// hash. The object inside has its whole name; readers go by that.
record DefinitionPath(List<String> folders, String fileName) {
  private static final int LONGEST_NAME = 250;
  private static final int KEPT = 200;

  static DefinitionPath of(ObjectRef ref, String pointNamespace) {
    String group = ref.apiGroup().isEmpty() ? "core" : ref.apiGroup();
    boolean own = ref.namespace().isEmpty() || ref.namespace().equals(pointNamespace);
    List<String> folders =
        own
            ? List.of("definitions", group, ref.kind())
            : List.of("definitions", group, ref.kind(), ref.namespace());
    return new DefinitionPath(folders, fileName(ref.name()));
  }

  /// The path below the point's folder, with slashes.
  String text() {
    return String.join("/", folders) + "/" + fileName;
  }

  private static String fileName(String name) {
    if (name.length() <= LONGEST_NAME) {
      return name + ".yaml";
    }
    return name.substring(0, KEPT) + "~" + hash(name) + ".yaml";
  }

  private static String hash(String name) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
