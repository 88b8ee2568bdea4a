package io.firn.point;

import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.graph.ObjectRef;
import io.firn.repository.Snapshot;
import io.firn.repository.SnapshotSummary;
import io.firn.repository.StoredSnapshot;
import io.firn.run.Parallel;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The points of a vault, over all its domains.
///
/// Thread-safe; lists the vault anew at each call, and reads what this machine does not remember.
/// Errors are [io.firn.failure.FirnException].
public final class PointCatalog {
  private static final Comparator<PointSummary> OLDEST_FIRST =
      Comparator.comparing(PointSummary::time).thenComparing(point -> point.name().value());

  /// On object storage a listing is mostly waiting.
  private static final int DOMAINS_AT_ONCE = 8;

  private final Vault vault;

  public PointCatalog(Vault vault) {
    this.vault = vault;
  }

  /// Points that pass the filter, oldest first. Snapshots that are not Firn's are left out.
  public List<PointSummary> list(PointFilter filter) {
    List<List<PointSummary>> points =
        Parallel.map(
            vault.domains(), DOMAINS_AT_ONCE, domain -> new DomainPoints(vault, domain).list());
    return points.stream()
        .flatMap(List::stream)
        .filter(filter::accepts)
        .sorted(OLDEST_FIRST)
        .toList();
  }

  /// The point of that name, of that unique prefix, or the newest one (`latest`) among those that
  /// pass the filter. `POINT_NOT_FOUND`, `POINT_AMBIGUOUS`.
  public PointSummary find(String name, PointFilter filter) {
    return find(name, list(filter));
  }

  /// The same among these points, oldest first.
  public PointSummary find(String name, List<PointSummary> points) {
    if (name.equals("latest")) {
      return points.stream().max(OLDEST_FIRST).orElseThrow(() -> absent(name, points));
    }
    List<PointSummary> matches =
        points.stream().filter(point -> point.name().value().startsWith(name)).toList();
    Optional<PointSummary> exact =
        matches.stream().filter(point -> point.name().value().equals(name)).findFirst();
    if (exact.isPresent()) {
      return exact.get();
    }
    if (name.isEmpty() || matches.isEmpty()) {
      throw absent(name, points);
    }
    if (matches.size() > 1) {
      throw ambiguous(name, matches);
    }
    return matches.getFirst();
  }

  static Optional<PointSummary> summary(Domain domain, StoredSnapshot stored) {
    Snapshot snapshot = stored.snapshot();
    if (snapshot.paths().size() != 1) {
      return Optional.empty();
    }
    String namespace = snapshot.paths().getFirst().replaceFirst("^/", "");
    Optional<SnapshotSummary> sizes = snapshot.summary();
    List<String> tags = snapshot.tags();
    List<ObjectRef> machines = PointTags.machines(tags, namespace);
    return PointTags.point(tags)
        .map(name ->
            new PointSummary(
                name,
                domain,
                stored.id(),
                snapshot.tree(),
                snapshot.time(),
                snapshot.hostname(),
                namespace,
                machines,
                PointTags.level(tags),
                PointTags.betterLevels(tags, machines),
                PointTags.run(tags),
                sizes.map(SnapshotSummary::bytesProcessed).orElse(0L),
                sizes.map(SnapshotSummary::dataAddedPacked).orElse(0L),
                PointTags.protection(tags),
                PointTags.labels(tags),
                List.of(stored.id())));
  }

  private FirnException absent(String name, List<PointSummary> points) {
    String among =
        points.isEmpty()
            ? "there are none that fit"
            : "the newest is " + points.getLast().name() + " of " + points.size();
    return failure(
        FailureCode.POINT_NOT_FOUND,
        name,
        "There is no point '" + name + "' in vault " + vault.location().url() + ": " + among,
        "List them: firn points.");
  }

  private static FirnException ambiguous(String name, List<PointSummary> matches) {
    List<String> names = matches.stream().map(point -> point.name().value()).limit(5).toList();
    return failure(
        FailureCode.POINT_AMBIGUOUS,
        name,
        "'" + name + "' is the beginning of " + matches.size() + " points: " + names,
        "Give more digits of the name.");
  }

  private static FirnException failure(
      FailureCode code, String point, String summary, String guidance) {
    return new FirnException(new Failure(code, summary, guidance, Map.of("point", point), false));
  }
}
