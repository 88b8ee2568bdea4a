package io.firn.simulator.cdi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.api.AdmissionPlugin;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.Types;
import java.util.List;
import java.util.Optional;

/// `datavolume-validate`: the spec makes sense, does not change, and no claim of the name is in the
/// way. Its messages begin with a blank, as the real one's do.
final class DataVolumeValidator implements AdmissionPlugin {
  private final ApiClient client;

  DataVolumeValidator(ApiClient client) {
    this.client = client;
  }

  @Override
  public String name() {
    return "datavolume-validate.cdi.kubevirt.io";
  }

  @Override
  public List<Scope> scopes() {
    return Scope.writes("cdi.kubevirt.io", "datavolumes");
  }

  @Override
  public boolean handles(Request request) {
    return DataVolumeRequests.concern(request);
  }

  @Override
  public void validate(Request request, ObjectNode volume) throws Denial {
    if (request.operation().equals("UPDATE")) {
      boolean same =
          request.old().map(old -> old.path("spec").equals(volume.path("spec"))).orElse(true);
      if (!same) {
        throw invalid("Cannot update DataVolume Spec");
      }
      return;
    }
    Optional<String> wrong = DataVolumeRules.violation(volume);
    if (wrong.isPresent()) {
      throw invalid(wrong.get());
    }
    Optional<ObjectNode> claim = client.get(Types.CLAIM, request.namespace(), Meta.name(volume));
    if (claim.isPresent() && !Adoption.mayTake(volume, claim.get())) {
      throw invalid(
          "Destination PVC " + request.namespace() + "/" + Meta.name(volume) + " already exists");
    }
  }

  private static Denial invalid(String message) {
    return new Denial(422, "Invalid", " " + message);
  }
}
