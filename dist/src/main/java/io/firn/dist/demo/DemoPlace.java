package io.firn.dist.demo;

import io.firn.simulator.ControlPlane;
import java.nio.file.Path;
import java.util.List;

/// Where the demo takes place.
///
/// @param directory for all of it
/// @param moverCommand stands for the image `firn`
/// @param plane what the cluster stands on
/// @param clusterOptions how `firn cluster start` is told of that plane, with a blank before each
///   option
public record DemoPlace(
    Path directory, List<String> moverCommand, ControlPlane plane, String clusterOptions) {
  public DemoPlace {
    moverCommand = List.copyOf(moverCommand);
  }
}
