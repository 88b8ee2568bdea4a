package io.firn.simulator.guest;

/// Makes modelled guests: no hypervisor, but real bytes in a real order.
public record ModelledGuests(Workload workload, GuestFaults faults) implements GuestFactory {
  @Override
  public Guest create(GuestSpec spec) {
    return new ModelledGuest(spec, workload, faults);
  }
}
