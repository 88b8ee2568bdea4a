package io.firn.graph.links;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;

/// Edges that leave from every object of one kind, found in the object itself.
non-sealed interface ObjectLinks extends Links {
  ResourceKind from();

  void follow(ObjectRef ref, ObjectNode object, Draft draft);
}
