package io.firn.dist.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Step 9: the way out that does not need Firn.
final class ResticStep {
  private static final String DISK = "/shop/volumes/orders-db-root/disk.img";
  private static final String CLAIM = "orders-db-root";

  private final Stage stage;

  ResticStep(Stage stage) {
    this.stage = stage;
  }

  void tell(Captures captures) throws IOException, InterruptedException {
    stage.step(9, "Stock restic reads the vault");
    Path repository = stage.directory().resolve("vault").resolve("shop");
    Path password = stage.directory().resolve("password");
    String snapshot = Captures.snapshot(captures.second()).substring(0, 8);
    Optional<Path> program = Restic.find(stage.session().environment().getOrDefault("PATH", ""));
    if (program.isEmpty()) {
      stage.say("restic is not installed here. With it, type:");
      for (String[] line :
          new String[][] {
            {"snapshots"}, {"ls", snapshot}, {"check", "--read-data"}, {"dump", snapshot, DISK}
          }) {
        stage.say("  " + String.join(" ", Restic.line(repository, password, line)));
      }
      return;
    }
    Restic restic = new Restic(program.get(), repository, password);
    run(restic, "snapshots");
    run(restic, "ls", snapshot);
    run(restic, "check", "--read-data");
    dump(restic, snapshot, captures);
  }

  private void run(Restic restic, String... arguments) throws IOException, InterruptedException {
    stage.show(shown(restic, arguments));
    int exitCode = restic.run(stage::say, arguments);
    stage.claim("restic " + arguments[0] + " succeeds", exitCode == 0, "exit code " + exitCode);
  }

  private void dump(Restic restic, String snapshot, Captures captures)
      throws IOException, InterruptedException {
    stage.show(shown(restic, "dump", snapshot, DISK));
    String point = Captures.point(captures.second());
    JsonNode volumes =
        new ObjectMapper().readTree(stage.quietly("point", "volumes", point, "-o", "json"));
    for (JsonNode volume : volumes.path("items")) {
      if (volume.path("claim").asText().equals(CLAIM)) {
        String digest = restic.dumpDigest(snapshot, DISK, volume.path("blockSizeBytes").asInt());
        stage.claim(
            "the disk that restic dumps has the hash that was captured",
            digest.equals(volume.path("digest").asText()),
            digest);
        return;
      }
    }
    throw new DemoFailure("point " + point + " has no volume " + CLAIM);
  }

  private static String shown(Restic restic, String... arguments) {
    List<String> line = Restic.line(restic.repository(), restic.passwordFile(), arguments);
    return String.join(" ", line);
  }
}
