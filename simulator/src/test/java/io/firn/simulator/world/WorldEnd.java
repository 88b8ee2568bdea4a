package io.firn.simulator.world;

/// Ends the world with the last test.
final class WorldEnd implements AutoCloseable {
  @Override
  public void close() {
    WorldCluster.end();
  }
}
