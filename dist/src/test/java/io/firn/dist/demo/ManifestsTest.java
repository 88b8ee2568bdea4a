package io.firn.dist.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void write_allFiles_giveTheObjectsOfTheStoryWithTheAddressFilledIn() throws IOException {
    List<ObjectNode> objects = Manifests.write(folder, "http://127.0.0.1:1234/root.img");
    assertThat(objects)
        .extracting(o -> o.path("kind").asText() + "/" + o.path("metadata").path("name").asText())
        .startsWith("Namespace/shop")
        .contains(
            "VirtualMachine/orders-db",
            "VirtualMachine/web",
            "VirtualMachine/legacy",
            "VirtualMachineInstance/bastion",
            "VirtualMachineInstanceReplicaSet/workers",
            "ServiceAccount/orders");
    String machine = Files.readString(folder.resolve("50-orders-db.yaml"));
    assertThat(machine).contains("url: http://127.0.0.1:1234/root.img").doesNotContain("@");
  }
}
