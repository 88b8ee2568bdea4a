package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import java.util.Set;

/// Drops labels that only KubeVirt itself may set on an instance, and those that tie a machine to a
/// pool.
final class ReservedLabels implements RestoreRule {
  private static final Set<String> RESERVED =
      Set.of(
          "kubevirt.io/created-by",
          "kubevirt.io/migrationJobUID",
          "kubevirt.io/nodeName",
          "kubevirt.io/migrationTargetNodeName",
          "kubevirt.io/schedulable",
          "kubevirt.io/install-strategy");

  private static final String POOL_REVISION = "kubevirt.io/vm-pool-revision-name";

  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    Machine.in(object)
        .flatMap(Machine::templateMetadata)
        .ifPresent(metadata ->
            edits.removeKeys(
                metadata, "labels", RESERVED::contains, "reserved for KubeVirt itself"));
    if (Machine.is(object, Kinds.VIRTUAL_MACHINE)) {
      Place.root(object)
          .find("metadata")
          .ifPresent(metadata ->
              edits.removeKeys(
                  metadata, "labels", POOL_REVISION::equals, "no longer part of a pool"));
    }
    if (Machine.is(object, Kinds.DATA_VOLUME) || Machine.is(object, Kinds.CLAIM)) {
      Place.root(object)
          .find("metadata")
          .ifPresent(metadata ->
              edits.removeKeys(
                  metadata,
                  "labels",
                  "kubevirt.io/created-by"::equals,
                  "names the UID of the old machine"));
    }
  }
}
