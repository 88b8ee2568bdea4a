package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a namespace's labels say of pod security: which level is enforced, and which is only warned
/// of (`k8s.io/pod-security-admission/api`).
record PodSecurityPolicy(Grade enforce, Grade warn) {
  private static final String PREFIX = "pod-security.kubernetes.io/";
  private static final Pattern VERSION = Pattern.compile("latest|v1\\.(0|[1-9][0-9]*)");

  /// From the least strict to the strictest.
  enum Level {
    PRIVILEGED,
    BASELINE,
    RESTRICTED;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// A level of a version of the rules, such as `restricted:latest`.
  record Grade(Level level, String version) {
    static final Grade PRIVILEGED = new Grade(Level.PRIVILEGED, "latest");

    @Override
    public String toString() {
      return level.label() + ":" + version;
    }
  }

  /// Labels that cannot be read count as none.
  static PodSecurityPolicy of(JsonNode namespace) {
    JsonNode labels = Meta.of(namespace).path("labels");
    Grade enforce = grade(labels, "enforce", Grade.PRIVILEGED);
    boolean warned = labels.has(PREFIX + "warn");
    Grade standard = warned ? Grade.PRIVILEGED : enforce;
    return new PodSecurityPolicy(enforce, grade(labels, "warn", standard));
  }

  /// What is wrong with the labels of a namespace.
  static List<ApiFailure.Cause> problems(JsonNode namespace) {
    List<ApiFailure.Cause> causes = new ArrayList<>();
    JsonNode labels = Meta.of(namespace).path("labels");
    for (String mode : List.of("enforce", "audit", "warn")) {
      String level = labels.path(PREFIX + mode).asText("privileged");
      if (level(level).isEmpty()) {
        causes.add(cause(PREFIX + mode, level, "must be one of privileged, baseline, restricted"));
      }
      String version = labels.path(PREFIX + mode + "-version").asText("latest");
      if (!VERSION.matcher(version).matches()) {
        causes.add(cause(PREFIX + mode + "-version", version, "must be \"latest\" or \"v1.x\""));
      }
    }
    return causes;
  }

  private static ApiFailure.Cause cause(String label, String value, String why) {
    return new ApiFailure.Cause(
        "FieldValueInvalid",
        "Invalid value: \"" + value + "\": " + why,
        "metadata.labels[" + label + "]");
  }

  private static Grade grade(JsonNode labels, String mode, Grade standard) {
    Optional<Level> level = level(labels.path(PREFIX + mode).asText());
    String version = labels.path(PREFIX + mode + "-version").asText(standard.version());
    return new Grade(level.orElse(standard.level()), version);
  }

  private static Optional<Level> level(String label) {
    for (Level level : Level.values()) {
      if (level.label().equals(label)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }
}
