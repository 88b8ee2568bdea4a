package io.firn.restore;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Requests of tests, step by step.
record RequestDraft(RestoreRequest request) {
  static RequestDraft to(String namespace) {
    return new RequestDraft(
        new RestoreRequest(
            Set.of(),
            Map.of(),
            Optional.of(namespace),
            Map.of(),
            true,
            false,
            Optional.empty(),
            ConflictPolicy.FAIL,
            RestoreShop.OPTIONS));
  }

  /// Back to where it was, with everything as it was.
  static RestoreRequest inPlace(ConflictPolicy policy) {
    RestoreRequest r = to(RestoreShop.SHOP).request();
    return new RestoreRequest(
        Set.of(),
        Map.of(),
        Optional.empty(),
        Map.of(),
        false,
        false,
        Optional.empty(),
        policy,
        r.options());
  }

  RequestDraft only(String machine) {
    RestoreRequest r = request;
    return new RequestDraft(
        new RestoreRequest(
            Set.of(machine),
            r.renames(),
            r.targetNamespace(),
            r.storageClasses(),
            r.newMac(),
            r.newFirmwareUuid(),
            r.runStrategy(),
            r.onConflict(),
            r.options()));
  }

  /// A copy with an identity of its own.
  RequestDraft as(String machine, String name) {
    return copy(machine, name, true);
  }

  /// A copy that keeps MAC addresses and firmware UUID.
  RequestDraft asTwin(String machine, String name) {
    return copy(machine, name, false);
  }

  private RequestDraft copy(String machine, String name, boolean ownIdentity) {
    RestoreRequest r = only(machine).request;
    return new RequestDraft(
        new RestoreRequest(
            r.machines(),
            Map.of(machine, name),
            r.targetNamespace(),
            r.storageClasses(),
            ownIdentity,
            ownIdentity,
            r.runStrategy(),
            r.onConflict(),
            r.options()));
  }

  RequestDraft withClass(String from, String to) {
    RestoreRequest r = request;
    return new RequestDraft(
        new RestoreRequest(
            r.machines(),
            r.renames(),
            r.targetNamespace(),
            Map.of(from, to),
            r.newMac(),
            r.newFirmwareUuid(),
            r.runStrategy(),
            r.onConflict(),
            r.options()));
  }
}
