package io.firn.cli.output;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.failure.ExitCode;
import io.firn.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// A failure as text: what, why, what next. Stateless.
public final class FailurePrinter {
  private static final int MOST_CAUSES = 3;

  private FailurePrinter() {}

  /// For people: `error: …`, the causes that say more than the summary does, `next: …`.
  public static String text(Failure failure, Throwable thrown) {
    StringBuilder text = new StringBuilder("error: ").append(failure.summary()).append('\n');
    causes(failure.summary(), thrown)
        .forEach(cause -> text.append("  cause: ").append(cause).append('\n'));
    if (!failure.guidance().isBlank()) {
      text.append("  next: ").append(failure.guidance()).append('\n');
    }
    Optional.ofNullable(failure.context().get(Failure.ROLES))
        .ifPresent(yaml -> text.append(MissingText.of(yaml)));
    return text.toString();
  }

  /// For programs; on one line, because standard error may hold other lines.
  public static String json(Failure failure, Throwable thrown) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    ObjectNode error = nodes.objectNode();
    error.put("code", failure.code().name());
    error.put("exitCode", ExitCode.of(failure.code()));
    error.put("summary", failure.summary());
    causes(failure.summary(), thrown).forEach(error.putArray("causes")::add);
    error.put("guidance", failure.guidance());
    error.put("retryable", failure.retryable());
    ObjectNode context = error.putObject("context");
    new TreeMap<>(failure.context()).forEach(context::put);
    return nodes.objectNode().<ObjectNode>set("error", error).toString() + "\n";
  }

  private static List<String> causes(String summary, Throwable thrown) {
    List<String> said = new ArrayList<>(List.of(summary));
    Throwable cause = thrown.getCause();
    while (cause != null && said.size() <= MOST_CAUSES) {
      String message = cause.getMessage();
      if (message == null) {
        message = cause.getClass().getSimpleName();
      }
      String line = message.strip().replaceAll("\\s*\\R\\s*", " ");
      if (said.stream().noneMatch(s -> s.contains(line))) {
        said.add(line);
      }
      cause = cause.getCause();
    }
    return said.subList(1, said.size());
  }
}
