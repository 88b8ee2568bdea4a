package io.firn.dist.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cli.output.Table;
import io.firn.graph.Kinds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Step 1: a cluster, and machines on it.
final class Opening {
  private final Stage stage;
  private final DemoCluster cluster;
  private final Guests guests;

  Opening(Stage stage, DemoCluster cluster, Guests guests) {
    this.stage = stage;
    this.cluster = cluster;
    this.guests = guests;
  }

  void tell(String imageUrl) throws IOException {
    Path manifests = stage.directory().resolve("manifests");
    stage.show("kubectl apply -f " + manifests);
    List<ObjectNode> objects = Manifests.write(manifests, imageUrl);
    cluster.apply(objects);
    stage.say(objects.size() + " objects created");
    cluster.awaitMachine("shop", "orders-db", "Running");
    cluster.awaitAgent("shop", "orders-db");
    cluster.awaitMachine("shop", "web", "Stopped");
    cluster.awaitMachine("shop", "legacy", "Running");
    cluster.awaitInstance("shop", "bastion");
    cluster.awaitReplicas("shop", "workers", 2);
    stage.show("kubectl get virtualmachines -n shop");
    stage.say(machines());
    guests.claimConsistent("shop", "orders-db");
  }

  private String machines() {
    List<List<String>> rows =
        cluster.list(Kinds.VIRTUAL_MACHINE, "shop").stream()
            .map(vm ->
                List.of(
                    vm.path("metadata").path("name").asText(),
                    vm.path("status").path("printableStatus").asText(),
                    vm.path("status").path("ready").asText("False")))
            .sorted((a, b) -> a.getFirst().compareTo(b.getFirst()))
            .toList();
    return new Table(List.of("NAME", "STATUS", "READY"), rows).render().strip();
  }
}
