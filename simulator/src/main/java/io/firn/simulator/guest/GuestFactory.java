package io.firn.simulator.guest;

/// Makes guests of one kind.
public interface GuestFactory {
  Guest create(GuestSpec spec);
}
