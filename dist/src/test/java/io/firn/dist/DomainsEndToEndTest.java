package io.firn.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.interop.Restic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Vaults of each policy of domains hold machines of two namespaces, and give each of them back.
class DomainsEndToEndTest {
  private static final String PASSWORD = "snow on the mountain";

  @TempDir static Path common;
  private static DiskShop shop;
  private static final Map<String, byte[]> DISKS = new TreeMap<>();

  @TempDir Path folder;

  @BeforeAll
  static void makeMachines() {
    shop = DiskShop.start(common.resolve("cluster"));
    shop.namespace("shop");
    shop.namespace("yard");
    DISKS.put("shop/db", shop.machine("shop", "db", 8, 1));
    DISKS.put("shop/web", shop.machine("shop", "web", 8, 2));
    DISKS.put("yard/db", shop.machine("yard", "db", 8, 3));
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @ParameterizedTest
  @CsvSource({
    "per-vm, shop.db shop.web yard.db, 3",
    "per-namespace, shop yard, 2",
    "single, all, 2"
  })
  void machinesOfTwoNamespaces_areListedTogether_andComeBackEach(
      String policy, String domains, int points) {
    Path vault = folder.resolve("vault");
    FirnShell shell = new FirnShell(folder, PASSWORD);
    shell.set("FIRN_VAULT", vault).set("KUBECONFIG", shop.kubeconfig());
    shell.firn("vault", "init", "--domains", policy);
    shell.firn("backup", "vm/db", "vm/web", "-n", "shop", "--mover-image", "firn");
    shell.firn("backup", "vm/db", "-n", "yard", "--mover-image", "firn");

    assertThat(shell.firn("vault", "info", "-o", "name").lines())
        .containsExactly(domains.split(" "));
    assertThat(shell.firn("points", "-o", "name").lines()).hasSize(points);
    DISKS.forEach((machine, disk) -> assertComesBack(shell, policy, machine, disk));
    assertThat(shell.firn("vault", "check", "--read-data")).doesNotContain("DAMAGED");
    Restic.require();
    for (String domain : List.of(domains.split(" "))) {
      Restic restic = new Restic(vault.resolve(domain).toString(), folder, PASSWORD, Map.of());
      assertThat(restic.run("check", "--read-data")).contains("no errors were found");
    }
  }

  private static void assertComesBack(FirnShell shell, String policy, String machine, byte[] disk) {
    String[] parts = machine.split("/");
    String target = parts[0] + "-" + parts[1] + "-" + policy;
    shell.firn(
        "restore",
        "latest",
        "-n",
        parts[0],
        "--vm",
        parts[1],
        "--to-namespace",
        target,
        "--mover-image",
        "firn");
    assertThat(shop.disk(target, parts[1], disk.length)).as(machine).isEqualTo(disk);
  }
}
