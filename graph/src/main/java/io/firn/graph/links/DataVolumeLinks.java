package io.firn.graph.links;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Finding.Severity;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;

/// A DataVolume, the claim that it fills (which has its name), and where the data comes from. What
/// a finished DataVolume was downloaded with is not followed: that work is done.
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
    JsonNode spec = dataVolume.path("spec");
    if (isFinished(dataVolume)) {
      DataVolumeSources.followDone(ref, spec, draft);
    } else {
      DataVolumeSources.follow(ref, spec, "spec", draft);
      reportUnfinished(ref, dataVolume, draft);
    }
    if (draft.index().find(claim).isEmpty()) {
      StorageClassLinks.link(ref, spec.path("pvc"), "spec.pvc", draft);
      StorageClassLinks.link(ref, spec.path("storage"), "spec.storage", draft);
    }
  }

  private static boolean isFinished(JsonNode dataVolume) {
    return Json.text(dataVolume, "status.phase").orElse("").equals("Succeeded");
  }

  private static void reportUnfinished(ObjectRef ref, JsonNode dataVolume, Draft draft) {
    String phase = Json.text(dataVolume, "status.phase").orElse("not started");
    String progress = Json.text(dataVolume, "status.progress").map(done -> ", " + done).orElse("");
    draft.find(
        Severity.WARNING, ref, "%s is not filled yet (%s%s)".formatted(ref, phase, progress));
  }
}
