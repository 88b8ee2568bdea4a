package io.firn.simulator.kubevirt;

import io.firn.simulator.Controller;
import io.firn.simulator.client.ApiClient;

/// KubeVirt's node agent with the guests that it runs: beside the simulator's KubeVirt, or beside a
/// real one, which then asks it over [HandlerPort]. Assembling starts nothing.
public final class NodeAgent {
  private final GuestRegistry guests = new GuestRegistry();
  private final KubeVirtOptions options;
  private final Identities ids;
  private final Controller handler;

  /// Acts as KubeVirt's own account for it.
  public NodeAgent(KubeVirtOptions options) {
    this.options = options;
    this.ids = new Identities(options.seed());
    ApiClient client = new ApiClient(options.connect().apply(Accounts.HANDLER));
    this.handler = new VirtHandler(client, options, guests, ids);
  }

  /// `virt-handler`.
  public Controller controller() {
    return handler;
  }

  /// The running guests; also the source of their consoles.
  public GuestRegistry guests() {
    return guests;
  }

  /// What it does when virt-api asks.
  public HandlerVerbs verbs() {
    return new HandlerVerbs(guests, options.clock());
  }

  Identities ids() {
    return ids;
  }
}
