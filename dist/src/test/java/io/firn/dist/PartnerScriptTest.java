package io.firn.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.ClusterObjects.Propagation;
import io.firn.dist.FirnShell.Outcome;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `integrations/partner/firn-backup.sh`, called as KubeVirt's vendor compatibility suite calls it.
final class PartnerScriptTest {
  private static final Path SCRIPT = Path.of("..", "integrations", "partner", "firn-backup.sh");
  private static final Duration MOST = Duration.ofMinutes(2);

  @TempDir private static Path folder;
  private static DiskShop shop;
  private static FirnShell shell;
  private static byte[] disk;

  @BeforeAll
  static void start() throws IOException {
    shop = DiskShop.start(folder.resolve("cluster"));
    shop.namespace("first");
    shop.namespace("second");
    disk = shop.machine("first", "db", 4, 1);
    shop.machine("second", "web", 4, 2);
    shell = new FirnShell(folder, "snow");
    shell.set("FIRN_VAULT", folder.resolve("vault")).set("KUBECONFIG", shop.kubeconfig());
    shell.firn("vault", "init");
    Path firn = folder.resolve("firn");
    String line =
        MoverImage.command().stream().map(w -> "'" + w + "'").collect(Collectors.joining(" "));
    Files.writeString(firn, "#!/bin/sh\nexec " + line + " \"$@\"\n");
    Files.setPosixFilePermissions(firn, PosixFilePermissions.fromString("rwx------"));
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @Test
  void suite_backsUpTwoNamespaces_restoresThemAndOneClaim_andDeletes() {
    assertThat(script("backup", "b1", "-n", "backups", "-i", "first,second", "-v").exitCode())
        .isZero();
    assertThat(shell.firn("points", "--label", "backup=b1", "-o", "name").lines()).hasSize(2);
    Outcome twice = script("backup", "b1", "-n", "backups", "-i", "first");
    assertThat(twice.exitCode()).isEqualTo(1);
    assertThat(twice.err()).contains("there is a backup 'b1' already");

    String uid = claim().orElseThrow().at("/metadata/uid").asText();
    removeMachine();
    assertSucceeds(script("restore", "r1", "-n", "backups", "-f", "b1", "-v"));
    assertThat(machine()).isPresent();
    assertThat(shop.disk("first", "db", disk.length)).isEqualTo(disk);

    removeMachine();
    assertSucceeds(
        script(
            "restore",
            "r2",
            "-n",
            "backups",
            "-f",
            "b1",
            "-s",
            "velero.kubevirt.io/pvc-uid=" + uid));
    assertThat(machine()).isEmpty();
    assertThat(shop.disk("first", "db", disk.length)).isEqualTo(disk);

    assertSucceeds(script("delete-backup", "b1", "-n", "backups"));
    assertThat(shell.firn("points", "-o", "name")).isBlank();
    assertSucceeds(script("delete-backup", "b1", "-n", "backups"));
    assertThat(script("restore", "r3", "-n", "backups", "-f", "b1").exitCode()).isEqualTo(1);
  }

  @Test
  void wrongUse_isTold_beforeAnythingIsDone() {
    assertThat(script().exitCode()).isEqualTo(2);
    assertThat(script("backup", "b2", "-n", "backups").err()).contains("-i NAMESPACE is missing");
    Outcome kind = script("backup", "b2", "-n", "backups", "-i", "first", "-r", "deployments");
    assertThat(kind.exitCode()).isEqualTo(1);
    assertThat(kind.err()).contains("does not back up 'deployments'");
  }

  private static void assertSucceeds(Outcome outcome) {
    assertThat(outcome.exitCode()).as(outcome.all()).isZero();
  }

  private static Optional<ObjectNode> claim() {
    return shop.cluster().objects().get(ObjectRef.of(Kinds.CLAIM, "first", "db-root"));
  }

  private static Optional<ObjectNode> machine() {
    return shop.cluster().objects().get(ObjectRef.of(Kinds.VIRTUAL_MACHINE, "first", "db"));
  }

  private static void removeMachine() {
    for (ObjectRef ref :
        List.of(
            ObjectRef.of(Kinds.VIRTUAL_MACHINE, "first", "db"),
            ObjectRef.of(Kinds.CLAIM, "first", "db-root"))) {
      shop.cluster().objects().delete(ref, Propagation.FOREGROUND, Optional.empty());
      shop.cluster().objects().await(ref, Optional::isEmpty, MOST);
    }
  }

  private static Outcome script(String... arguments) {
    List<String> line = new ArrayList<>(List.of("/bin/sh", SCRIPT.toString()));
    line.addAll(List.of(arguments));
    Path out = folder.resolve("script.out");
    Path err = folder.resolve("script.err");
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "FIRN", folder.resolve("firn").toString(),
                "FIRN_VAULT", folder.resolve("vault").toString(),
                "FIRN_PASSWORD_FILE", folder.resolve("password").toString(),
                "KUBECONFIG", shop.kubeconfig().toString(),
                "XDG_CACHE_HOME", folder.resolve("cache").toString(),
                "FIRN_MOVER_IMAGE", "firn"));
    try {
      int exitCode = builder.start().waitFor();
      return new Outcome(exitCode, Files.readString(out), Files.readString(err));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("the script does not start", e);
    }
  }
}
