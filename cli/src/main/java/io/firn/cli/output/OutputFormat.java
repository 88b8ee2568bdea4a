package io.firn.cli.output;

import java.util.Locale;

/// The forms that every listing command has. On the command line in lower case.
public enum OutputFormat {
  TABLE,
  JSON,
  YAML,
  NAME;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
