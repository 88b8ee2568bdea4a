package io.firn.dist.demo;

import io.firn.cluster.Cluster;
import io.firn.simulator.SimulatedCluster;
import io.firn.simulator.guest.ImageServer;
import java.io.IOException;

/// The story, step by step. Each step takes what it needs from the steps before it.
///
/// For one thread.
final class DemoStory {
  private final Stage stage;
  private final SimulatedCluster simulator;
  private final DemoCluster cluster;
  private final RootImage image;
  private final ImageServer images;

  DemoStory(
      Stage stage,
      SimulatedCluster simulator,
      Cluster cluster,
      RootImage image,
      ImageServer images) {
    this.stage = stage;
    this.simulator = simulator;
    this.cluster = new DemoCluster(cluster);
    this.image = image;
    this.images = images;
  }

  void tell() throws IOException, InterruptedException {
    Guests guests = new Guests(stage, cluster, new ConsoleLog(simulator.kubeconfig()));
    new Opening(stage, cluster, guests)
        .tell(images.uri(image.file().getFileName().toString()).toString());
    new GraphStep(stage).tell();
    Captures captures = new BackupSteps(stage).tell(image);
    new DisasterStep(stage, cluster).tell();
    Disks disks = new Disks(cluster, simulator.volumeStore(), image);
    new RestoreStep(stage, cluster, guests, disks).tell(captures);
    new CopyStep(stage, cluster, guests).tell(captures);
    new VerifyStep(stage).tell(captures);
    new ResticStep(stage).tell(captures);
  }
}
