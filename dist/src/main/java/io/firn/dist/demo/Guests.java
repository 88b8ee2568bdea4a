package io.firn.dist.demo;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What guests say of themselves on their consoles. For one thread.
final class Guests {
  private final Stage stage;
  private final DemoCluster cluster;
  private final ConsoleLog consoles;

  Guests(Stage stage, DemoCluster cluster, ConsoleLog consoles) {
    this.stage = stage;
    this.cluster = cluster;
    this.consoles = consoles;
  }

  /// Prints what a guest found when it booted, and claims that its journal was consistent.
  void claimConsistent(String namespace, String name) throws IOException {
    String pod = cluster.launcherPod(namespace, name);
    stage.show("kubectl logs -n " + namespace + " " + pod + " -c guest-console-log");
    List<String> lines = consoles.lines(namespace, pod);
    lines.forEach(stage::say);
    Optional<String> verdict = lines.stream().filter(l -> l.contains("journal: ")).findFirst();
    stage.claim(
        "the guest of " + namespace + "/" + name + " finds its two disks consistent",
        verdict.filter(l -> l.contains("journal: consistent")).isPresent(),
        verdict.orElse("no word of a journal on its console"));
  }

  /// How many records a guest found when it booted; 0 where it does not say.
  long recordsFound(String namespace, String name) throws IOException {
    return consoles.lines(namespace, cluster.launcherPod(namespace, name)).stream()
        .filter(l -> l.contains("journal: consistent, "))
        .map(l -> l.replaceAll(".*consistent, (\\d+) records.*", "$1"))
        .filter(l -> l.matches("\\d+"))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }
}
