package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.objects;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.cdi.CdiTypes;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.Types;
import java.util.Optional;

/// Whether an instance's volumes are there, so that it can start.
final class ClaimCheck {
  static final String CLAIM_NOT_FOUND = "FailedPvcNotFound";

  private final ApiClient client;

  ClaimCheck(ApiClient client) {
    this.client = client;
  }

  /// What the look at the volumes came to.
  sealed interface Verdict {
    /// All filled; `dataVolumes` whether there are any.
    record Ready(boolean dataVolumes) implements Verdict {}

    /// A DataVolume is still being filled.
    record Filling() implements Verdict {}

    /// A claim waits for a consumer before it can be filled.
    record WaitingForConsumer() implements Verdict {}

    record Missing(String message) implements Verdict {}
  }

  Verdict check(ObjectNode instance) {
    Verdict verdict = new Verdict.Ready(false);
    for (ObjectNode volume : objects(instance, "spec", "volumes")) {
      String claim = VolumeClaims.claimName(volume);
      if (!claim.isEmpty()) {
        verdict = worse(verdict, check(Meta.namespace(instance), claim));
      }
    }
    return verdict;
  }

  private Verdict check(String namespace, String name) {
    Optional<ObjectNode> claim = client.get(Types.CLAIM, namespace, name);
    Optional<ObjectNode> dataVolume = client.get(CdiTypes.DATA_VOLUME, namespace, name);
    if (dataVolume.isPresent()) {
      return switch (text(dataVolume.get(), "status", "phase")) {
        case "Succeeded" -> claim.isPresent() ? new Verdict.Ready(true) : new Verdict.Filling();
        case "WaitForFirstConsumer", "PendingPopulation" -> new Verdict.WaitingForConsumer();
        default -> new Verdict.Filling();
      };
    }
    if (claim.isEmpty()) {
      return new Verdict.Missing(
          "PVC " + namespace + "/" + name + " does not exist, waiting for it to appear");
    }
    return new Verdict.Ready(false);
  }

  private static Verdict worse(Verdict one, Verdict other) {
    if (one instanceof Verdict.Ready(boolean before)
        && other instanceof Verdict.Ready(boolean after)) {
      return new Verdict.Ready(before || after);
    }
    return rank(other) > rank(one) ? other : one;
  }

  private static int rank(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Ready _ -> 0;
      case Verdict.WaitingForConsumer _ -> 1;
      case Verdict.Filling _ -> 2;
      case Verdict.Missing _ -> 3;
    };
  }
}
