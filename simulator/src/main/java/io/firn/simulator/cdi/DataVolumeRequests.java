package io.firn.simulator.cdi;

import io.firn.simulator.api.AdmissionPlugin.Request;

/// Which requests CDI's DataVolume webhooks look at.
final class DataVolumeRequests {
  private DataVolumeRequests() {}

  static boolean concern(Request request) {
    return request.apiGroup().equals("cdi.kubevirt.io")
        && request.plural().equals("datavolumes")
        && request.subresource().isEmpty()
        && !request.operation().equals("DELETE");
  }
}
