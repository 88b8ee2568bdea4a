package io.firn.cluster;

import io.firn.cluster.rights.Right;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/// What this user may do, as the API server itself answers.
///
/// Thread-safe. Errors are [ClusterException].
public interface Access {
  /// Those of the rights that the user lacks, in their order: of namespaced resources in the
  /// namespace ("" for all namespaces), of others in the cluster.
  Set<Right> missing(String namespace, Collection<Right> rights);

  /// The user's name as RBAC knows it (`system:serviceaccount:shop:bob`); empty where the server
  /// does not tell.
  Optional<String> user();
}
