package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.restore.Rewrite;
import java.util.List;

/// Drops all annotations of binding, provisioning and import from a claim, as KubeVirt's own
/// restore does: half of CDI's import state makes it import again. What the claim is filled for is
/// then written anew; only that lets CDI hand it over to the DataVolume.
final class ClaimAnnotations implements RestoreRule {
  static final String POPULATED_FOR = "cdi.kubevirt.io/storage.populatedFor";
  private static final String CONTENT_TYPE = "cdi.kubevirt.io/storage.contentType";
  private static final List<String> PREFIXES =
      List.of(
          "pv.kubernetes.io",
          "volume.beta.kubernetes.io",
          "volume.kubernetes.io",
          "cdi.kubevirt.io",
          "k8s.io/CloneRequest",
          "k8s.io/CloneOf");

  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    if (!Machine.is(object, Kinds.CLAIM)) {
      return;
    }
    Place metadata = Place.root(object).find("metadata").orElseThrow();
    edits.removeKeys(
        metadata,
        "annotations",
        key -> !key.equals(CONTENT_TYPE) && PREFIXES.stream().anyMatch(key::startsWith),
        "state of the old volume");
    edits.removeKeys(
        metadata,
        "labels",
        key -> key.startsWith("restore.kubevirt.io/"),
        "mark of an earlier KubeVirt restore");
    String name = metadata.text("name");
    if (context.succeeded().contains(name)) {
      edits.setKey(
          metadata,
          "annotations",
          POPULATED_FOR,
          context.claimName(name),
          "CDI takes the filled claim over");
    }
  }

  @Override
  public Rewrite.Scope scope() {
    return Rewrite.Scope.BOOKKEEPING;
  }
}
