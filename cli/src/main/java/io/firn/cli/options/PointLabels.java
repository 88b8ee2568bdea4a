package io.firn.cli.options;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/// What points are called by, to find them again: `--label KEY=VALUE`.
public final class PointLabels {
  private static final String KEY = "[A-Za-z0-9]([-A-Za-z0-9_./]{0,200}[A-Za-z0-9])?";
  private static final String VALUE = "[A-Za-z0-9]([-A-Za-z0-9_.:/]{0,200}[A-Za-z0-9])?";

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      description =
          "Points with this label: at a backup it is given, elsewhere it selects; may be repeated"
              + " (all must fit).")
  private Map<String, String> labels = new LinkedHashMap<>();

  public Map<String, String> labels() {
    labels.forEach((key, value) -> {
      if (!key.matches(KEY) || !value.matches(VALUE)) {
        throw UsageFailure.of(
            "--label " + key + "=" + value + " is no label",
            "Write KEY=VALUE with letters, digits, and - _ . / between them, as in name=nightly.");
      }
    });
    return Map.copyOf(labels);
  }

  public boolean given() {
    return !labels.isEmpty();
  }
}
