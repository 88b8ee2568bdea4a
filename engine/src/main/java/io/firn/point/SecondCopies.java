package io.firn.point;

import io.firn.repository.PackId;
import io.firn.repository.RepositoryReader;
import java.util.Collection;
import java.util.Optional;

/// What people are told where data was damaged in some packs of a domain, and was had from others.
public record SecondCopies(Domain domain) {

  /// About all that was read so far; empty where nothing was damaged.
  public Optional<String> warning(RepositoryReader reader) {
    return warning(reader.damagedPacks().stream().map(PackId::toString).sorted().toList());
  }

  /// About these packs; empty where there are none.
  public Optional<String> warning(Collection<String> packs) {
    String check = "firn vault check --domain " + domain.name() + " --read-data";
    return packs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the data is right, but some of it is damaged in pack %s and was read from a second copy: run %s"
                .formatted(String.join(", ", packs), check));
  }
}
