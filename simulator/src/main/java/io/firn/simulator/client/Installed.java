package io.firn.simulator.client;

import com.fasterxml.jackson.databind.JsonNode;

/// The mark on what the simulator put into a cluster: what bears it may be replaced and removed by
/// the next simulator, should the one that made it have been killed.
public final class Installed {
  public static final String ANNOTATION = "simulator.firn.io/installed";

  private Installed() {}

  public static boolean isMarked(JsonNode object) {
    return Meta.annotated(object, ANNOTATION);
  }
}
