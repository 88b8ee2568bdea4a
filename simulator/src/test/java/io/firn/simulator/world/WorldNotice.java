package io.firn.simulator.world;

/// Says aloud that the tests of a module met the simulator only. `.ci/run` runs the other worlds
/// itself and is not told.
record WorldNotice(World world, boolean worldsFollow) {
  static WorldNotice here() {
    return new WorldNotice(World.here(), System.getenv("CI") != null);
  }

  /// The notice, or "" where there is nothing to say.
  String text() {
    if (world != World.SIMULATOR || worldsFollow) {
      return "";
    }
    String line = "*".repeat(78);
    return """
    %s
    These tests ran on the simulator ONLY. To run them on a real API server, and
    on real KubeVirt and CDI (needs Go 1.26 or python3-venv for the first build):
      simulator/real-cluster/run -- mvn -pl simulator,cluster -am test -Dgroups=world
      simulator/real-cluster/run --kubevirt --cdi -- mvn (the same)
    %s
    """
        .formatted(line, line);
  }
}
