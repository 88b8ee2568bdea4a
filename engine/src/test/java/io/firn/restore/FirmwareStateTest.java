package io.firn.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.point.ConsistencyLevel;
import io.firn.point.Domain;
import io.firn.point.LocalBackends;
import io.firn.point.Manifest;
import io.firn.point.Manifest.ClusterFacts;
import io.firn.point.Manifest.MachineFacts;
import io.firn.point.PointCatalog;
import io.firn.point.PointContent;
import io.firn.point.PointFilter;
import io.firn.point.PointName;
import io.firn.point.PointReader;
import io.firn.point.PointWriter;
import io.firn.point.Vault;
import io.firn.point.VaultLocation;
import io.firn.repository.Node;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryReader;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.TreeId;
import io.firn.restore.RestoreAction.EntryRename;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A volume with the state of a TPM and EFI variables, for a copy under another name and UUID.
class FirmwareStateTest {
  private static final Instant TIME = Instant.parse("2026-11-24T10:00:00Z");
  private static final String OLD = "5d307ca9-b3ef-428c-8861-06e72d69f223";
  private static final String NEW = "11111111-b3ef-428c-8861-06e72d69f223";

  private Vault vault;
  private TreeId tree;

  @BeforeEach
  void seal(@TempDir Path folder) {
    try (Password password = new Password("snow".toCharArray())) {
      vault =
          Vault.init(
              VaultLocation.parse(folder.resolve("vault").toString()),
              password,
              LocalBackends.unmounted());
    }
    try (Repository repository = vault.openOrCreateDomain(new Domain("shop"));
        RepositoryWriter writer = repository.writer()) {
      tree = state(writer);
      LinkedHashMap<String, TreeId> volumes = new LinkedHashMap<>(Map.of("state", tree));
      Manifest manifest =
          new Manifest(
              Manifest.VERSION,
              "test",
              new PointName("20261124-100000-0001"),
              TIME,
              new ClusterFacts("c", "u", "v1.35.0"),
              "shop",
              List.of(),
              List.of(),
              List.of(),
              List.of());
      new PointWriter(writer, InstantSource.fixed(TIME))
          .seal(
              new PointContent(
                  manifest,
                  "run",
                  TIME,
                  List.of(db()),
                  List.of(machine("db", OLD)),
                  RestoreShop.object("{}"),
                  volumes));
    }
  }

  @AfterEach
  void close() {
    vault.close();
  }

  @Test
  void copy_findsItsStateUnderItsOwnUuidAndName() {
    List<EntryRename> renames = renames(machine("copy", NEW));
    assertThat(renames)
        .containsExactlyInAnyOrder(
            new EntryRename("swtpm/" + OLD, NEW),
            new EntryRename("nvram/db_VARS.fd", "copy_VARS.fd"));

    try (Repository repository = vault.openDomain(new Domain("shop"))) {
      TreeId renamed = new StateTrees(repository).renamed(tree, renames);
      RepositoryReader reader = repository.reader();
      assertThat(text(reader, renamed, "swtpm/" + NEW + "/tpm2-00.permall")).isEqualTo("keys");
      assertThat(text(reader, renamed, "nvram/copy_VARS.fd")).isEqualTo("variables");
      assertThat(reader.find(renamed, "swtpm/" + OLD)).isEmpty();
      assertThat(text(reader, tree, "swtpm/" + OLD + "/tpm2-00.permall")).isEqualTo("keys");
    }
  }

  @Test
  void sameMachine_renamesNothing_andKeepsItsFolder() {
    assertThat(renames(machine("db", OLD))).isEmpty();
    try (Repository repository = vault.openDomain(new Domain("shop"))) {
      assertThat(new StateTrees(repository).renamed(tree, List.of())).isEqualTo(tree);
    }
  }

  private List<EntryRename> renames(ObjectNode after) {
    var point = new PointCatalog(vault).find("latest", PointFilter.ALL);
    try (PointReader reader = PointReader.open(vault, point)) {
      return new FirmwareState(reader).renames("state", db(), machine("db", OLD), after, facts());
    }
  }

  private static TreeId state(RepositoryWriter writer) {
    TreeId tpm = writer.writeTree(List.of(file(writer, "tpm2-00.permall", "keys")));
    TreeId tpms = writer.writeTree(List.of(Node.folder(OLD, TIME, tpm)));
    TreeId nvram = writer.writeTree(List.of(file(writer, "db_VARS.fd", "variables")));
    return writer.writeTree(
        List.of(Node.folder("nvram", TIME, nvram), Node.folder("swtpm", TIME, tpms)));
  }

  private static Node file(RepositoryWriter writer, String name, String content) {
    return Node.file(name, TIME, writer.writeFile(content.getBytes(StandardCharsets.UTF_8)));
  }

  private static String text(RepositoryReader reader, TreeId tree, String path) {
    Node file = reader.find(tree, path).orElseThrow();
    return new String(reader.readFile(file), StandardCharsets.UTF_8);
  }

  private static ObjectRef db() {
    return ObjectRef.of(Kinds.VIRTUAL_MACHINE, "shop", "db");
  }

  private static ObjectNode machine(String name, String uuid) {
    return RestoreShop.object(
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachine
        metadata: {name: %s, namespace: shop}
        spec: {template: {spec: {domain: {firmware: {uuid: %s}}}}}
        """
            .formatted(name, uuid));
  }

  private static MachineFacts facts() {
    return new MachineFacts(
        db(),
        "uid",
        true,
        ConsistencyLevel.FILESYSTEM,
        "",
        Optional.empty(),
        0,
        0,
        List.of(),
        Optional.of(OLD),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }
}
