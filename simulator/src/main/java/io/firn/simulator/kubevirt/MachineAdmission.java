package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.api.AdmissionPlugin;
import java.util.List;
import java.util.function.Supplier;

/// virt-api's webhooks for VirtualMachines: defaults on create, rules on create and update.
///
/// Two plugins in one, as upstream has a mutating and a validating one; denials name the validator,
/// since only it denies.
final class MachineAdmission implements AdmissionPlugin {
  private final Supplier<String> uuids;

  MachineAdmission(Supplier<String> uuids) {
    this.uuids = uuids;
  }

  @Override
  public String name() {
    return "virtualmachine-validator.kubevirt.io";
  }

  @Override
  public List<Scope> scopes() {
    return Scope.writes("kubevirt.io", "virtualmachines");
  }

  @Override
  public boolean handles(Request request) {
    return request.apiGroup().equals("kubevirt.io")
        && request.plural().equals("virtualmachines")
        && request.subresource().isEmpty()
        && List.of("CREATE", "UPDATE").contains(request.operation());
  }

  @Override
  public void mutate(Request request, ObjectNode machine) {
    if (request.operation().equals("CREATE")) {
      MachineDefaults.apply(machine, uuids);
    }
  }

  @Override
  public void validate(Request request, ObjectNode machine) throws Denial {
    if (Terminating.onlyMetadata(request, machine)) {
      return;
    }
    MachineRules.check(machine, request.user());
  }
}
