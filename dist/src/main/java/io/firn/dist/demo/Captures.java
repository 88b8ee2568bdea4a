package io.firn.dist.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/// The two points that the story takes, as their reports tell of them. Immutable.
record Captures(JsonNode first, JsonNode second) {

  static String point(JsonNode report) {
    return report.path("points").path(0).path("point").asText();
  }

  static String snapshot(JsonNode report) {
    return report.path("points").path(0).path("snapshot").asText();
  }

  /// Digests by claim, of a backup's or a restore's volumes.
  static Map<String, String> digests(JsonNode volumes) {
    Map<String, String> digests = new TreeMap<>();
    for (JsonNode volume : volumes) {
      digests.put(volume.path("claim").path("name").asText(), volume.path("digest").asText());
    }
    return digests;
  }

  static JsonNode volumes(JsonNode report) {
    return report.path("points").path(0).path("volumes");
  }

  static JsonNode machine(JsonNode report, String name) {
    for (JsonNode machine : report.path("points").path(0).path("machines")) {
      if (machine.path("machine").path("name").asText().equals(name)) {
        return machine;
      }
    }
    throw new DemoFailure("the backup's report has no machine " + name);
  }

  static JsonNode volume(JsonNode report, String claim) {
    for (JsonNode volume : volumes(report)) {
      if (volume.path("claim").path("name").asText().equals(claim)) {
        return volume;
      }
    }
    throw new DemoFailure("the backup's report has no volume " + claim);
  }

  /// One figure, over all volumes.
  static long sum(JsonNode report, String figure) {
    long sum = 0;
    for (JsonNode volume : volumes(report)) {
      sum += volume.path(figure).asLong();
    }
    return sum;
  }
}
