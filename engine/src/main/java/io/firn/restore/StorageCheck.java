package io.firn.restore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.Quantity;
import io.firn.failure.FailureCode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether the volumes of a plan can be provisioned: their storage classes are there, and all of
/// them together fit into the quota (dry-run tries each claim alone).
record StorageCheck(TargetCluster target, PlanNotes notes) {
  private static final ResourceKind QUOTA =
      new ResourceKind("", "v1", "ResourceQuota", "resourcequotas", true);
  private static final String REQUESTS = "requests.storage";
  private static final String CLAIMS = "persistentvolumeclaims";
  private static final String BY_CLASS = ".storageclass.storage.k8s.io/";

  void check(List<RestoreAction> actions) {
    List<ObjectNode> claims =
        actions.stream()
            .filter(a -> a instanceof RestoreAction.Populate)
            .flatMap(a -> a.toCreate().stream())
            .toList();
    classes(claims);
    if (!claims.isEmpty() && target.namespaceExists()) {
      quotas(claims);
    }
  }

  private void classes(List<ObjectNode> claims) {
    Set<String> classes = new LinkedHashSet<>();
    claims.forEach(claim -> classes.add(storageClass(claim)));
    classes.remove("");
    for (String name : classes) {
      ObjectRef ref = ObjectRef.of(Kinds.STORAGE_CLASS, "", name);
      Optional<String> unseen = target.unseen(ref);
      if (unseen.isPresent()) {
        notes.warn(
            ref,
            "whether StorageClass "
                + name
                + " exists in the target cluster is unknown: "
                + unseen.get(),
            "");
      } else if (target.get(ref).isEmpty()) {
        notes.stop(
            FailureCode.PRECONDITION_FAILED,
            ref,
            "StorageClass " + name + " does not exist in the target cluster",
            "Map it to one that does: --storage-class " + name + "=OTHER (kubectl get sc).");
      }
    }
  }

  private void quotas(List<ObjectNode> claims) {
    switch (target.list(QUOTA, "")) {
      case TargetCluster.Listed.Known(List<ObjectNode> quotas) ->
          quotas.forEach(quota -> quota(quota, claims));
      case TargetCluster.Listed.Unknown(String why) ->
          notes.note(
              ObjectRef.of(Kinds.NAMESPACE, "", target.namespace()),
              "whether all volumes fit into the quota is told when they are created: " + why);
    }
  }

  private void quota(ObjectNode quota, List<ObjectNode> claims) {
    JsonNode hard = quota.path("status").path("hard");
    if (hard.isEmpty()) {
      hard = quota.path("spec").path("hard");
    }
    for (var limit : hard.properties()) {
      long wanted = wanted(limit.getKey(), claims);
      if (wanted > 0) {
        long used =
            Quantity.bytes(quota.path("status").path("used").path(limit.getKey()).asText("0"));
        long allowed = Quantity.bytes(limit.getValue().asText());
        if (used + wanted > allowed) {
          notes.stop(
              FailureCode.RESTORE_REJECTED,
              ObjectRef.of(quota),
              "exceeded quota: %s of %s is %d, used %d, and this restore asks for %d more"
                  .formatted(limit.getKey(), ObjectRef.of(quota), allowed, used, wanted),
              "Raise the quota, free some of it, or restore to another namespace.");
        }
      }
    }
  }

  private static long wanted(String key, List<ObjectNode> claims) {
    int at = key.indexOf(BY_CLASS);
    String only = at < 0 ? "" : key.substring(0, at);
    String resource = at < 0 ? key : key.substring(at + BY_CLASS.length());
    List<ObjectNode> counted =
        claims.stream().filter(c -> at < 0 || storageClass(c).equals(only)).toList();
    return switch (resource) {
      case REQUESTS -> counted.stream().mapToLong(StorageCheck::request).sum();
      case CLAIMS -> counted.size();
      default -> 0;
    };
  }

  private static long request(ObjectNode claim) {
    return Quantity.bytes(
        claim.path("spec").path("resources").path("requests").path("storage").asText("0"));
  }

  private static String storageClass(ObjectNode claim) {
    return claim.path("spec").path("storageClassName").asText("");
  }
}
