package io.firn.doctor;

import io.firn.cluster.Cluster;
import io.firn.cluster.ClusterException;
import io.firn.cluster.rights.Feature;
import io.firn.cluster.rights.Grant;
import io.firn.cluster.rights.Grants;
import io.firn.cluster.rights.MissingRights;
import io.firn.cluster.rights.Right;
import io.firn.failure.ClusterFailures;
import io.firn.run.AskedRights;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Asks a cluster what this user may do of all that Firn does. Changes nothing.
///
/// Thread-safe. Errors are [io.firn.failure.FirnException].
public record RightsReview(Cluster cluster) {

  /// Every feature, in one namespace or in all ("").
  public RightsReport of(String namespace) {
    try {
      Set<Right> missing =
          new AskedRights(cluster).missing(namespace, AskedRights.rights(Grants.all()));
      List<RightsReport.Row> rows = new ArrayList<>();
      for (Feature feature : Feature.values()) {
        rows.add(row(feature, missing));
      }
      return new RightsReport(
          namespace, rows, new AskedRights(cluster).named(Map.of(namespace, missing)));
    } catch (ClusterException e) {
      throw ClusterFailures.of(e);
    }
  }

  /// What of one feature is missing.
  public MissingRights missing(Feature feature, String namespace) {
    try {
      AskedRights asked = new AskedRights(cluster);
      return asked.named(
          Map.of(namespace, asked.missing(namespace, AskedRights.rights(Grants.of(feature)))));
    } catch (ClusterException e) {
      throw ClusterFailures.of(e);
    }
  }

  private static RightsReport.Row row(Feature feature, Set<Right> missing) {
    Set<Right> needed = new LinkedHashSet<>();
    Set<Right> useful = new LinkedHashSet<>();
    for (Grant grant : Grants.of(feature)) {
      if (missing.contains(grant.right())) {
        (grant.needs().contains(feature) ? needed : useful).add(grant.right());
      }
    }
    return new RightsReport.Row(feature, needed, useful);
  }
}
