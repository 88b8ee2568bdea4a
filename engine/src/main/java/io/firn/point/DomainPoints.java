package io.firn.point;

import io.firn.failure.RepositoryFailures;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.SnapshotId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The points of one domain: the names of its snapshots are listed, and those that the cache knows
/// are not read. Only where there is one that it does not know is the domain opened.
record DomainPoints(Vault vault, Domain domain) {
  /// A listing that goes stale this often in a row is taken as it is.
  private static final int LISTINGS = 10;

  /// Every point once, in no order.
  List<PointSummary> list() {
    Map<SnapshotId, Optional<PointSummary>> cached = vault.cachedPoints(domain);
    List<SnapshotId> ids = vault.snapshotIds(domain);
    Map<SnapshotId, Optional<PointSummary>> known = new LinkedHashMap<>(cached);
    if (!known.keySet().containsAll(ids)) {
      ids = learn(ids, known);
    }
    known.keySet().retainAll(ids);
    if (!known.keySet().equals(cached.keySet())) {
      vault.rememberPoints(domain, known);
    }
    return PointCopies.merge(known.values().stream().flatMap(Optional::stream).toList());
  }

  /// Reads the snapshots that are not known. One that goes meanwhile may have been replaced by one
  /// that the listing does not show yet, so it is listed again. Returns the last listing.
  private List<SnapshotId> learn(
      List<SnapshotId> first, Map<SnapshotId, Optional<PointSummary>> known) {
    List<SnapshotId> ids = first;
    try (Repository repository = vault.openDomain(domain)) {
      for (int listing = 1; ; listing++) {
        for (SnapshotId id : ids) {
          if (!known.containsKey(id)) {
            repository
                .snapshot(id)
                .ifPresent(stored -> known.put(id, PointCatalog.summary(domain, stored)));
          }
        }
        if (known.keySet().containsAll(ids) || listing == LISTINGS) {
          return ids;
        }
        ids = vault.snapshotIds(domain);
      }
    } catch (RepositoryException e) {
      throw RepositoryFailures.of(e);
    }
  }
}
