package io.firn.cli.options;

import io.firn.point.Domain;
import io.firn.point.Vault;
import io.firn.repository.Repository;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which repositories of a vault: one domain, or the marker and all domains.
public final class DomainOptions {
  @Option(
      names = "--domain",
      paramLabel = "NAME",
      description =
          "Only this domain (a namespace, unless the vault divides otherwise; firn vault info lists"
              + " them); default: all of the vault.")
  private @Nullable String domain;

  /// The names of the repositories, the marker's first; only the one asked for, if any.
  public List<String> names(Vault vault) {
    if (domain != null) {
      return List.of(domain);
    }
    return Stream.concat(Stream.of(Vault.MARKER), vault.domains().stream().map(Domain::name))
        .toList();
  }

  /// Opens one of them; the caller closes it.
  public static Repository open(Vault vault, String name) {
    return name.equals(Vault.MARKER) ? vault.openMarker() : vault.openDomain(new Domain(name));
  }
}
