package io.firn.simulator.cdi;

import io.firn.simulator.kubelet.Program;
import java.io.IOException;
import java.net.URI;

/// `cdi-importer`: fills a claim with nothing (`none`) or with an image over HTTP.
record ImporterProgram(ClaimDisks disks, HttpImages http) implements Program {
  /// What the controller reads from the container's end.
  private static final String DONE = "{\"preAllocationApplied\":false}";

  ImporterProgram(ClaimDisks disks) {
    this(disks, new HttpImages());
  }

  @Override
  public String run(Work work) throws IOException {
    String source = work.variables().getOrDefault("IMPORTER_SOURCE", "");
    String endpoint = work.variables().getOrDefault("IMPORTER_ENDPOINT", "");
    DiskTarget target = disks.target(work);
    work.log().accept("Starting importer: source " + source + " " + endpoint);
    switch (source) {
      case "none" -> target.clear();
      case "http" -> http.fetch(URI.create(endpoint), target, (_, _) -> {});
      // A source is any text.
      default ->
          throw new IOException(
              "Unable to process data: source " + source + " is not known on this node");
    }
    work.log().accept("Import Complete");
    return DONE;
  }
}
