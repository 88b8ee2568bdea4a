package io.firn.graph.links;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;

/// A DataVolume and the claim that it fills, which has its name.
final class DataVolumeLinks implements ObjectLinks {
  static final String CLAIM_PATH = "metadata.name";

  @Override
  public ResourceKind from() {
    return Kinds.DATA_VOLUME;
  }

  @Override
  public void follow(ObjectRef ref, ObjectNode dataVolume, Draft draft) {
    ObjectRef claim = ObjectRef.of(Kinds.CLAIM, ref.namespace(), ref.name());
    draft.link(ref, claim, Need.REQUIRED, CLAIM_PATH);
  }
}
