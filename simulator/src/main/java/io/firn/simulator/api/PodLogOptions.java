package io.firn.simulator.api;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What a reader of a container's output wants to see (PodLogOptions).
///
/// @param tailLines the last lines only
/// @param limitBytes no more than so many bytes
/// @param since no line that came earlier
/// @param timestamps each line with the time when it came
public record PodLogOptions(
    boolean follow,
    boolean previous,
    OptionalLong tailLines,
    OptionalLong limitBytes,
    Optional<Instant> since,
    boolean timestamps) {

  /// Reads a query; a value that makes no sense is an IllegalArgumentException.
  public static PodLogOptions of(Map<String, String> query, Instant now) {
    OptionalLong seconds = number(query, "sinceSeconds");
    Optional<Instant> since =
        seconds.isPresent()
            ? Optional.of(now.minus(Duration.ofSeconds(seconds.getAsLong())))
            : time(query.getOrDefault("sinceTime", ""));
    return new PodLogOptions(
        flag(query, "follow"),
        flag(query, "previous"),
        number(query, "tailLines"),
        number(query, "limitBytes"),
        since,
        flag(query, "timestamps"));
  }

  private static boolean flag(Map<String, String> query, String name) {
    String value = query.getOrDefault(name, "");
    return value.equals("true") || value.equals("1");
  }

  private static OptionalLong number(Map<String, String> query, String name) {
    String value = query.getOrDefault(name, "");
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      long number = Long.parseLong(value);
      long least = name.equals("tailLines") ? 0 : 1;
      if (number < least) {
        throw new IllegalArgumentException(
            name + ": Invalid value: " + number + ": must be greater than or equal to " + least);
      }
      return OptionalLong.of(number);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          name + " is not a number: strconv.ParseInt: parsing \"" + value + "\": invalid syntax",
          e);
    }
  }

  private static Optional<Instant> time(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("sinceTime is not a time of RFC 3339: " + text, e);
    }
  }
}
