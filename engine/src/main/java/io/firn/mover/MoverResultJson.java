package io.firn.mover;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import java.util.Map;
import java.util.Optional;

/// [MoverResult] as JSON and back. Stateless.
public final class MoverResultJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Kubernetes cuts a termination message after 4096 bytes; a character may take four of them, or
  /// six when escaped.
  private static final int LONGEST_TEXT = 300;

  /// Of a few kilobytes in all; one pack named is enough to start a check.
  private static final int MOST_PACKS = 8;

  private MoverResultJson() {}

  /// One line of at most 4096 bytes; a long summary is cut.
  public static String write(MoverResult result) {
    ObjectNode tree = JSON.createObjectNode();
    switch (result) {
      case MoverResult.Exported r -> {
        tree.put("tree", r.tree())
            .put("size", r.sizeBytes())
            .put("blockSize", r.blockSizeBytes())
            .put("digest", r.digest())
            .put("bytesRead", r.bytesRead())
            .put("bytesNew", r.bytesNew())
            .put("bytesStored", r.bytesStored());
        if (!r.changedRanges().isEmpty()) {
          tree.put("changedRanges", cut(r.changedRanges()));
        }
      }
      case MoverResult.Populated r -> {
        tree.put("size", r.sizeBytes())
            .put("digest", r.digest())
            .put("bytesWritten", r.bytesWritten());
        r.damagedPacks().stream()
            .limit(MOST_PACKS)
            .forEach(pack -> tree.withArray("damagedPacks").add(pack));
      }
      case MoverResult.Failed r ->
          tree.putObject("failure")
              .put("code", r.failure().code().name())
              .put("summary", cut(r.failure().summary()))
              .put("guidance", cut(r.failure().guidance()))
              .put("retryable", r.failure().retryable());
    }
    return tree.toString();
  }

  /// Reads a termination message; anything else is a [MoverResult.Failed] that quotes it.
  public static MoverResult read(String json) {
    Optional<JsonNode> parsed = parse(json);
    if (parsed.isEmpty()) {
      return unreadable(json);
    }
    JsonNode tree = parsed.get();
    if (tree.path("failure").isObject()) {
      return new MoverResult.Failed(failure(tree.path("failure")));
    }
    if (tree.path("tree").isTextual()) {
      return new MoverResult.Exported(
          tree.path("tree").asText(),
          tree.path("size").asLong(),
          tree.path("blockSize").asInt(),
          tree.path("digest").asText(),
          tree.path("bytesRead").asLong(),
          tree.path("bytesNew").asLong(),
          tree.path("bytesStored").asLong(),
          tree.path("changedRanges").asText());
    }
    if (tree.path("bytesWritten").isNumber()) {
      return new MoverResult.Populated(
          tree.path("size").asLong(),
          tree.path("digest").asText(),
          tree.path("bytesWritten").asLong(),
          tree.path("damagedPacks").valueStream().map(JsonNode::asText).toList());
    }
    return unreadable(json);
  }

  private static Failure failure(JsonNode tree) {
    String name = tree.path("code").asText();
    FailureCode code = FailureCode.MOVER_FAILED;
    for (FailureCode known : FailureCode.values()) {
      if (known.name().equals(name)) {
        code = known;
      }
    }
    return new Failure(
        code,
        tree.path("summary").asText(),
        tree.path("guidance").asText(),
        Map.of(),
        tree.path("retryable").asBoolean());
  }

  private static MoverResult unreadable(String text) {
    return new MoverResult.Failed(
        new Failure(
            FailureCode.MOVER_FAILED,
            "The mover left no readable result: '" + cut(text.strip()) + "'",
            "Look at the log of the mover's pod; check that image and engine are one version.",
            Map.of(),
            true));
  }

  private static Optional<JsonNode> parse(String json) {
    try {
      return Optional.ofNullable(JSON.readTree(json));
    } catch (JsonProcessingException _) {
      // Not JSON: the caller makes a failure of it that quotes the text.
      return Optional.empty();
    }
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? 1 : 0;
    return text.substring(0, LONGEST_TEXT - end) + "…";
  }
}
