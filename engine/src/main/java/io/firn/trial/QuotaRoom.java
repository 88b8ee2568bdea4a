package io.firn.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterObjects;
import io.firn.cluster.Quantity;
import io.firn.failure.FailureCode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether all that a run has at once fits into the quotas of a namespace: a dry-run tries each
/// object as if it were the only one. Quotas that this user may not read speak later. Stateless.
public record QuotaRoom(ClusterObjects objects) {
  private static final ResourceKind QUOTA =
      new ResourceKind("", "v1", "ResourceQuota", "resourcequotas", true);

  /// A mover's pods have no deadline and ask for resources.
  private static final Set<String> SCOPES = Set.of("NotTerminating", "NotBestEffort");

  /// What a run has at once: `movers` of such pods and Jobs, and other objects.
  public record Demand(
      int movers, JsonNode pod, List<ObjectNode> claims, Map<String, Integer> counts) {
    public Demand {
      claims = List.copyOf(claims);
      counts = Map.copyOf(counts);
    }
  }

  /// What does not fit.
  public List<Objection> check(String namespace, Demand demand) {
    List<Objection> found = new ArrayList<>();
    Map<String, BigDecimal> wanted = wanted(demand);
    for (ObjectNode quota : quotas(namespace, found)) {
      if (concerns(quota)) {
        check(quota, wanted, demand, found);
      }
    }
    return found;
  }

  private List<ObjectNode> quotas(String namespace, List<Objection> found) {
    try {
      return objects.list(QUOTA, namespace, "");
    } catch (ClusterException e) {
      if (e.code() == ClusterException.Code.FORBIDDEN) {
        found.add(
            new Objection(
                Objection.Weight.NOTE,
                FailureCode.CLUSTER_FORBIDDEN,
                ObjectRef.of(Kinds.NAMESPACE, "", namespace),
                "whether the quota of namespace "
                    + namespace
                    + " has room is unknown: "
                    + e.getMessage(),
                ""));
        return List.of();
      }
      throw e;
    }
  }

  private static boolean concerns(ObjectNode quota) {
    boolean concerns = !quota.path("spec").has("scopeSelector");
    for (JsonNode scope : quota.path("spec").path("scopes")) {
      concerns &= SCOPES.contains(scope.asText());
    }
    return concerns;
  }

  private static void check(
      ObjectNode quota, Map<String, BigDecimal> wanted, Demand demand, List<Objection> found) {
    JsonNode hard = quota.path("status").path("hard");
    if (hard.isEmpty()) {
      hard = quota.path("spec").path("hard");
    }
    for (var limit : hard.properties()) {
      String what = limit.getKey();
      Optional<BigDecimal> more = Optional.ofNullable(wanted.get(what));
      BigDecimal used = Quantity.value(quota.path("status").path("used").path(what).asText("0"));
      BigDecimal allowed = Quantity.value(limit.getValue().asText());
      if (more.isPresent() && used.add(more.get()).compareTo(allowed) > 0) {
        found.add(
            Objection.stop(
                FailureCode.PRECONDITION_FAILED,
                ObjectRef.of(quota),
                "exceeded quota: %s of %s is %s, used %s, and this run needs %s more at once"
                    .formatted(
                        what,
                        ObjectRef.of(quota),
                        limit.getValue().asText(),
                        used.toPlainString(),
                        more.get().stripTrailingZeros().toPlainString()),
                demand.movers() > 1
                    ? "Run fewer movers at once (--parallel 1, say), or raise the quota."
                    : "Raise the quota, or free some of it."));
      }
    }
  }

  private static Map<String, BigDecimal> wanted(Demand demand) {
    Map<String, BigDecimal> wanted = new HashMap<>();
    demand.counts().forEach((what, count) -> add(wanted, what, BigDecimal.valueOf(count)));
    BigDecimal movers = BigDecimal.valueOf(demand.movers());
    for (String pods : List.of("pods", "count/pods", "count/jobs.batch")) {
      add(wanted, pods, movers);
    }
    resources(wanted, demand.pod(), "requests", movers);
    resources(wanted, demand.pod(), "limits", movers);
    for (ObjectNode claim : demand.claims()) {
      JsonNode spec = claim.path("spec");
      BigDecimal size = Quantity.value(spec.at("/resources/requests/storage").asText("0"));
      String prefix = spec.path("storageClassName").asText() + ".storageclass.storage.k8s.io/";
      add(wanted, "persistentvolumeclaims", BigDecimal.ONE);
      add(wanted, "count/persistentvolumeclaims", BigDecimal.ONE);
      add(wanted, "requests.storage", size);
      add(wanted, prefix + "persistentvolumeclaims", BigDecimal.ONE);
      add(wanted, prefix + "requests.storage", size);
    }
    wanted.values().removeIf(amount -> amount.signum() == 0);
    return wanted;
  }

  private static void resources(
      Map<String, BigDecimal> wanted, JsonNode pod, String sort, BigDecimal movers) {
    for (JsonNode container : pod.path("spec").path("containers")) {
      for (var amount : container.path("resources").path(sort).properties()) {
        BigDecimal all = Quantity.value(amount.getValue().asText()).multiply(movers);
        add(wanted, sort + "." + amount.getKey(), all);
        if (sort.equals("requests")) {
          add(wanted, amount.getKey(), all);
        }
      }
    }
  }

  private static void add(Map<String, BigDecimal> wanted, String what, BigDecimal amount) {
    wanted.merge(what, amount, BigDecimal::add);
  }
}
