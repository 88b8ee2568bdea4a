package io.firn.restore;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// The name of a restore: `point/hash`, where the hash is over what was asked for. Asking for the
/// same again gives the same name; the state of the cluster does not change it.
final class RestoreMarkName {
  private RestoreMarkName() {}

  static String of(CapturedPoint point, RestoreRequest request, String targetNamespace) {
    List<String> asked =
        new ArrayList<>(
            List.of(
                point.summary().snapshot().toString(),
                targetNamespace,
                new TreeSet<>(request.machines()).toString(),
                new TreeMap<>(request.renames()).toString(),
                new TreeMap<>(request.storageClasses()).toString(),
                Boolean.toString(request.newMac()),
                Boolean.toString(request.newFirmwareUuid()),
                request.runStrategy().map(RunStrategy::label).orElse("")));
    // Left out where nothing is said, so that a restore of before there was this can be finished.
    if (!request.volumes().isEmpty()) {
      asked.add("volumes " + new TreeSet<>(request.volumes()));
    }
    request.selector().ifPresent(selector -> asked.add("selector " + selector));
    return point.summary().name() + "/" + hash(String.join("\n", asked));
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
