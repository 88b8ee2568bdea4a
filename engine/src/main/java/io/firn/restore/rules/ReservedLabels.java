package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import java.util.Set;

/// Drops labels that only KubeVirt itself may set on an instance, and those that tie a machine to a
/// pool.
public final class ReservedLabels implements RestoreRule {
  private static final Set<String> RESERVED =
      Set.of(
          "kubevirt.io/created-by",
          "kubevirt.io/migrationJobUID",
          "kubevirt.io/nodeName",
          "kubevirt.io/migrationTargetNodeName",
          "kubevirt.io/schedulable",
          "kubevirt.io/install-strategy");

  /// A pool puts it on its machines and into their templates. Outside of the pool it means nothing,
  /// and neither does the revision that it names.
  public static final String POOL_REVISION = "kubevirt.io/vm-pool-revision-name";

  private static final String LEFT_POOL = "no longer part of a pool";

  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    Machine.in(object)
        .flatMap(Machine::templateMetadata)
        .ifPresent(metadata -> {
          edits.removeKeys(metadata, "labels", RESERVED::contains, "reserved for KubeVirt itself");
          edits.removeKeys(metadata, "labels", POOL_REVISION::equals, LEFT_POOL);
        });
    if (Machine.is(object, Kinds.VIRTUAL_MACHINE)) {
      Place.root(object)
          .find("metadata")
          .ifPresent(
              metadata -> edits.removeKeys(metadata, "labels", POOL_REVISION::equals, LEFT_POOL));
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
