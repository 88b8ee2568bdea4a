package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import java.util.Set;

/// Makes a restored DataVolume take the filled claim instead of importing: without `prePopulated`
/// CDI refuses it beside an existing claim, or imports anew. Tokens and decisions of the old
/// cluster are dropped.
final class DataVolumeHandover implements RestoreRule {
  static final String PRE_POPULATED = "cdi.kubevirt.io/storage.prePopulated";
  private static final Set<String> STALE =
      Set.of(
          "cdi.kubevirt.io/storage.clone.token",
          "cdi.kubevirt.io/storage.extended.clone.token",
          "cdi.kubevirt.io/storage.usePopulator",
          "cdi.kubevirt.io/storage.populator.kind",
          PRE_POPULATED);

  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    if (!Machine.is(object, Kinds.DATA_VOLUME)) {
      return;
    }
    Place metadata = Place.root(object).find("metadata").orElseThrow();
    String name = metadata.text("name");
    edits.removeKeys(
        metadata,
        "annotations",
        key -> STALE.contains(key) && !(key.equals(PRE_POPULATED) && handedOver(context, name)),
        "decided by the old cluster");
    if (handedOver(context, name)) {
      edits.setKey(
          metadata,
          "annotations",
          PRE_POPULATED,
          context.claimName(name),
          "the claim is filled already");
    }
  }

  private static boolean handedOver(RuleContext context, String name) {
    return context.succeeded().contains(name);
  }
}
