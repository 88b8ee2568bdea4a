package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.api.AdmissionPlugin;
import io.firn.simulator.client.Fields;
import java.util.List;
import java.util.function.Supplier;

/// virt-api's webhooks for VirtualMachineInstances. The kind has no status subresource; its mutator
/// quietly puts back a status that anybody but KubeVirt wrote, and its validator lets nobody else
/// change the spec.
final class InstanceAdmission implements AdmissionPlugin {
  private final Supplier<String> uuids;

  InstanceAdmission(Supplier<String> uuids) {
    this.uuids = uuids;
  }

  @Override
  public String name() {
    return "virtualmachineinstances-create-validator.kubevirt.io";
  }

  @Override
  public List<Scope> scopes() {
    return Scope.writes("kubevirt.io", "virtualmachineinstances");
  }

  @Override
  public boolean handles(Request request) {
    return request.apiGroup().equals("kubevirt.io")
        && request.plural().equals("virtualmachineinstances")
        && request.subresource().isEmpty()
        && List.of("CREATE", "UPDATE").contains(request.operation());
  }

  @Override
  public void mutate(Request request, ObjectNode instance) {
    boolean own = Accounts.isKubeVirt(request.user());
    if (request.operation().equals("CREATE")) {
      InstanceDefaults.apply(instance, uuids);
      if (!own) {
        instance.remove("status");
      }
    } else if (!own) {
      restoreStatus(request, instance);
    }
  }

  private static void restoreStatus(Request request, ObjectNode instance) {
    JsonNode before = request.old().map(old -> old.path("status")).orElse(Fields.newObject());
    if (before.isMissingNode()) {
      instance.remove("status");
    } else {
      instance.set("status", before.deepCopy());
    }
  }

  @Override
  public void validate(Request request, ObjectNode instance) throws Denial {
    if (request.operation().equals("UPDATE")) {
      boolean changed =
          request.old().map(old -> !old.path("spec").equals(instance.path("spec"))).orElse(false);
      if (changed && !Accounts.isKubeVirt(request.user())) {
        throw new Denial(422, "Invalid", "update of VMI object is restricted");
      }
      return;
    }
    ReservedLabels.check(
        "metadata.labels", Fields.at(instance, "metadata", "labels"), request.user());
    InstanceRules.check("spec", instance.path("spec"), false);
  }
}
