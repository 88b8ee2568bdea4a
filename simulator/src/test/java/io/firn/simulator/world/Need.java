package io.firn.simulator.world;

/// Something that a test needs and that only the simulator has, with the reason why.
public enum Need {
  /// What an API server says when the test tells it to.
  SCRIPTED_ANSWERS(
      "the test writes the server's answers itself, also those that no healthy server gives"),
  /// A cluster in which nobody acts but the test.
  NO_CONTROLLERS("the test plays the controllers, which in a real cluster are at work themselves"),
  /// An API server that ends and comes back.
  SERVER_RESTART("the test stops the API server, which others share"),
  /// The API server's clock can be set.
  CLOCK_JUMP("nobody can set the clock of a real API server"),
  /// The whole cluster belongs to one test.
  CLUSTER_OF_ITS_OWN(
      "the test needs two clusters, or a node of its own making, and the plane has one");

  private final String why;

  Need(String why) {
    this.why = why;
  }

  /// Why the other worlds do not have it.
  public String why() {
    return why;
  }

  public boolean met(World world) {
    return world == World.SIMULATOR;
  }
}
