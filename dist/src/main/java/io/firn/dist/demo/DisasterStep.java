package io.firn.dist.demo;

import io.firn.graph.Kinds;

/// Step 5: everything is gone.
final class DisasterStep {
  private final Stage stage;
  private final DemoCluster cluster;

  DisasterStep(Stage stage, DemoCluster cluster) {
    this.stage = stage;
    this.cluster = cluster;
  }

  void tell() {
    stage.step(5, "Disaster: the namespace is deleted, with volumes and everything");
    stage.show("kubectl delete namespace shop");
    cluster.deleteNamespace("shop");
    stage.say("namespace \"shop\" deleted");
    long machines = cluster.list(Kinds.VIRTUAL_MACHINE, "shop").size();
    long claims = cluster.list(Kinds.CLAIM, "shop").size();
    stage.claim(
        "no machine and no claim is left",
        machines + claims == 0,
        machines + " machines, " + claims + " claims");
  }
}
