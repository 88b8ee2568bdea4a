package io.firn.simulator.world;

/// Ends the world with the last test, and says if it was the only one.
final class WorldEnd implements AutoCloseable {
  @Override
  public void close() {
    WorldCluster.end();
    System.out.print(WorldNotice.here().text());
  }
}
