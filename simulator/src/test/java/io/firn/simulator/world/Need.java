package io.firn.simulator.world;

import java.util.EnumSet;
import java.util.Set;

/// Something that a test needs and that not every world has, with the reason why it has not.
public enum Need {
  /// What an API server says when the test tells it to.
  SCRIPTED_ANSWERS(
      "the test writes the server's answers itself, also those that no healthy server gives",
      World.SIMULATOR),
  /// A cluster in which nobody acts but the test.
  NO_CONTROLLERS(
      "the test plays the controllers, which in a real cluster are at work themselves",
      World.SIMULATOR),
  /// An API server that ends and comes back.
  SERVER_RESTART("the test stops the API server, which others share", World.SIMULATOR),
  /// The API server's clock can be set.
  CLOCK_JUMP("nobody can set the clock of a real API server", World.SIMULATOR),
  /// The whole cluster belongs to one test.
  CLUSTER_OF_ITS_OWN(
      "the test needs two clusters, or a node of its own making, and the plane has one",
      World.SIMULATOR);

  private final String why;
  private final Set<World> worlds;

  Need(String why, World first, World... more) {
    this.why = why;
    this.worlds = EnumSet.of(first, more);
  }

  /// Why the other worlds do not have it.
  public String why() {
    return why;
  }

  public boolean met(World world) {
    return worlds.contains(world);
  }
}
