package io.firn.cluster.rights;

import java.util.Set;

/// One right with the role that grants it, and the features that use it. `needs` are those that
/// cannot go on without it; without the right the `uses` do less, and say so.
public record Grant(Right right, GrantingRole role, Set<Feature> needs, Set<Feature> uses) {
  public Grant {
    needs = Set.copyOf(needs);
    uses = Set.copyOf(uses);
  }

  boolean serves(Feature feature) {
    return needs.contains(feature) || uses.contains(feature);
  }
}
