package io.firn.dist.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Step 2: what the machine is made of.
final class GraphStep {
  private static final List<String> PARTS =
      List.of(
          "orders-db-root",
          "orders-db-data",
          "orders-cloudinit",
          "orders-ssh",
          "orders-settings",
          "serviceaccount/orders",
          "backend",
          "persistent-state-for-orders-db",
          "small",
          "linux");

  private final Stage stage;

  GraphStep(Stage stage) {
    this.stage = stage;
  }

  void tell() throws IOException {
    stage.step(2, "What is a virtual machine made of?");
    stage.firn(List.of(0), "graph", "vm/orders-db", "-n", "shop");
    Path picture = stage.directory().resolve("graph.svg");
    stage.firnInto(picture, "graph", "vm/orders-db", "-n", "shop", "-o", "svg");
    String names = stage.quietly("graph", "vm/orders-db", "-n", "shop", "-o", "name");
    List<String> missing = PARTS.stream().filter(part -> !names.contains(part)).toList();
    stage.claim(
        "the graph holds every part that the manifests name",
        missing.isEmpty(),
        missing.isEmpty() ? names.lines().count() + " objects" : "not there: " + missing);
    stage.claim("the picture is an SVG document", Files.readString(picture).contains("<svg"), "");
    stage.report().figure("objects", names.lines().count());
  }
}
