package io.firn.graph.links;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// The claims that are labelled as a machine's state, the one in use first: what the running
/// instance says, else the newest that is not being deleted. Before KubeVirt 1.4 the claim had a
/// fixed name and no label.
final class StateClaims {
  static final String LEGACY_PREFIX = "persistent-state-for-";

  static final String LABEL_PATH = "claim label persistent-state-for";

  private static final String LABEL = "persistent-state-for";
  private static final Indexing STATE_FOR = Indexing.label(LABEL);
  private static final String MIGRATION = "kubevirt.io/migrationName";

  private StateClaims() {}

  static List<ObjectNode> of(Machine machine, ObjectIndex index) {
    Listing claims = index.list(Kinds.CLAIM, machine.ref().namespace());
    Set<String> inUse = inUse(machine, index);
    List<ObjectNode> labelled =
        claims.where(STATE_FOR, machine.ref().name()).stream()
            .filter(claim -> Json.label(claim, MIGRATION).isEmpty())
            .filter(claim -> !Json.isTerminating(claim) || inUse.contains(Json.name(claim)))
            .sorted(mostLikelyFirst(inUse))
            .toList();
    if (!labelled.isEmpty()) {
      return labelled;
    }
    return inUse.stream()
        .findFirst()
        .or(() -> Optional.of(LEGACY_PREFIX + machine.ref().name()))
        .flatMap(claims::named)
        .stream()
        .toList();
  }

  /// How one of these claims is known.
  static String path(ObjectNode claim) {
    if (!Json.label(claim, LABEL).isEmpty()) {
      return LABEL_PATH;
    }
    return Json.name(claim).startsWith(LEGACY_PREFIX) ? "claim name" : "status.volumeStatus";
  }

  /// Claims that a migration in flight copies the state to.
  static List<ObjectNode> migrationTargets(Machine machine, ObjectIndex index) {
    return index
        .list(Kinds.CLAIM, machine.ref().namespace())
        .where(STATE_FOR, machine.ref().name())
        .stream()
        .filter(claim -> !Json.label(claim, MIGRATION).isEmpty())
        .toList();
  }

  private static Set<String> inUse(Machine machine, ObjectIndex index) {
    return machine.instance(index).stream()
        .flatMap(instance ->
            StreamSupport.stream(Json.at(instance, "status.volumeStatus").spliterator(), false))
        .filter(volume -> volume.path("name").asText("").startsWith(LABEL))
        .flatMap(volume -> Json.text(volume, "persistentVolumeClaimInfo.claimName").stream())
        .collect(Collectors.toSet());
  }

  private static Comparator<JsonNode> mostLikelyFirst(Set<String> inUse) {
    Comparator<JsonNode> byUse = Comparator.comparing(claim -> !inUse.contains(Json.name(claim)));
    Comparator<JsonNode> byAge =
        Comparator.comparing(claim -> Json.text(claim, "metadata.creationTimestamp").orElse(""));
    return byUse.thenComparing(byAge.reversed()).thenComparing(Json::name);
  }
}
