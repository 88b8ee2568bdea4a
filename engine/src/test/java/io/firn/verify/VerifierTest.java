package io.firn.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.point.Domain;
import io.firn.point.LocalBackends;
import io.firn.point.Manifest;
import io.firn.point.Manifest.ClusterFacts;
import io.firn.point.Manifest.VolumeFacts;
import io.firn.point.PointCatalog;
import io.firn.point.PointContent;
import io.firn.point.PointFilter;
import io.firn.point.PointName;
import io.firn.point.PointSummary;
import io.firn.point.PointWriter;
import io.firn.point.Vault;
import io.firn.point.VaultLocation;
import io.firn.repository.ByteRange;
import io.firn.repository.DiskOptions;
import io.firn.repository.DiskOutcome;
import io.firn.repository.DiskSource;
import io.firn.repository.Node;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.TransferListener;
import io.firn.repository.TreeId;
import io.firn.restore.Damaging;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two points in one domain that share a disk; the second has another disk of its own.
class VerifierTest {
  private static final Instant TIME = Instant.parse("2026-11-24T10:00:00Z");
  private static final int BLOCK = 4096;

  @TempDir private Path folder;
  private Vault vault;

  @BeforeEach
  void make() {
    try (Password password = new Password("snow".toCharArray())) {
      vault =
          Vault.init(
              VaultLocation.parse(folder.resolve("vault").toString()),
              password,
              LocalBackends.unmounted());
    }
    seal("20261124-100000-0001", Manifest.VERSION, "", "root");
    seal("20261124-110000-0002", Manifest.VERSION, "", "root", "data");
  }

  @AfterEach
  void close() {
    vault.close();
  }

  @Test
  void wholePoint_isWhole_andEveryByteWasRead() {
    VerifyReport report = verify("20261124-110000-0002", VerifyDepth.DATA);
    assertThat(report.whole()).isTrue();
    assertThat(report.definitions()).isEqualTo(1);
    assertThat(report.bytesRead()).isEqualTo(2L * 64 * BLOCK);
    assertThat(report.volumes()).allMatch(v -> v.digest().equals(v.captured()));
  }

  @Test
  void flippedBit_namesBlobPackAndEveryHurtDisk() throws IOException {
    String pack =
        Damaging.flipBitInLargestPack(folder.resolve("vault/shop")).getFileName().toString();

    VerifyReport report = verify("20261124-100000-0001", VerifyDepth.DATA);

    assertThat(report.whole()).isFalse();
    assertThat(report.volumes())
        .singleElement()
        .satisfies(volume -> assertThat(volume.reason()).contains("blob"));
    assertThat(report.damages())
        .isNotEmpty()
        .allSatisfy(damage -> {
          assertThat(damage.pack()).contains(pack);
          assertThat(damage.blob()).matches("[0-9a-f]{64}");
          assertThat(damage.hurt())
              .extracting(hurt -> hurt.point().value() + " " + hurt.path())
              .contains(
                  "20261124-100000-0001 /shop/volumes/root/disk.img",
                  "20261124-110000-0002 /shop/volumes/root/disk.img");
          assertThat(damage.hurtDisks()).isEqualTo(2);
        });
    assertThat(report.extent().hurt())
        .extracting(hurt -> hurt.point().value() + " " + hurt.path())
        .containsExactly(
            "20261124-100000-0001 /shop/volumes/root/disk.img",
            "20261124-110000-0002 /shop/volumes/root/disk.img");
    assertThat(report.extent().whole()).isEmpty();
  }

  @Test
  void lossUnderManyPoints_isToldInBounds_andNamesEachHurtDisk() throws IOException {
    List<Path> before = packs();
    List<String> names = new ArrayList<>();
    for (int i = 10; i < 30; i++) {
      names.add("20261124-1200%d-00%d".formatted(i, i));
      seal(names.getLast(), Manifest.VERSION, "", "root", "extra");
    }
    Files.delete(
        packs().stream()
            .filter(pack -> !before.contains(pack))
            .max(Comparator.comparingLong(pack -> pack.toFile().length()))
            .orElseThrow());
    seal("20261124-130000-0041", Manifest.VERSION, "", "later");

    VerifyReport report = verify(names.getLast(), VerifyDepth.DATA);

    assertThat(report.damages())
        .isNotEmpty()
        .allSatisfy(damage -> {
          assertThat(damage.hurt()).hasSizeLessThanOrEqualTo(10);
          assertThat(damage.hurt().getFirst().point().value()).isEqualTo(names.getLast());
        });
    assertThat(report.damages()).anyMatch(damage -> damage.hurtDisks() >= 20);
    assertThat(report.extent().hurt()).extracting(hurt -> hurt.point().value()).containsAll(names);
    assertThat(report.extent().whole())
        .extracting(PointName::value)
        .contains("20261124-100000-0001", "20261124-130000-0041")
        .doesNotContainAnyElementsOf(names);
  }

  @Test
  void damagedBlobWithASecondCopy_isWhole_andThePackIsToldOf() throws IOException {
    try (Repository repository = vault.openDomain(new Domain("shop"));
        RepositoryWriter one = repository.writer();
        RepositoryWriter two = repository.writer()) {
      for (RepositoryWriter writer : List.of(one, two)) {
        writer.writeDisk(
            new SeededDisk("twice"), new DiskOptions(BLOCK, 1), TransferListener.SILENT);
        writer.flush();
      }
    }
    seal("20261124-140000-0005", Manifest.VERSION, "", "twice");
    Set<String> told = new HashSet<>();
    for (Path pack : packs()) {
      byte[] before = Files.readAllBytes(pack);
      byte[] harmed = before.clone();
      harmed[before.length / 3] ^= 1;
      pack.toFile().setWritable(true);
      Files.write(pack, harmed);
      VerifyReport report = verify("20261124-140000-0005", VerifyDepth.DATA);
      if (!report.warnings().isEmpty()) {
        assertThat(report.whole()).isTrue();
        assertThat(report.warnings())
            .singleElement()
            .asString()
            .contains(pack.getFileName().toString())
            .contains("firn vault check --domain shop --read-data");
        told.add(pack.getFileName().toString());
      }
      Files.write(pack, before);
    }
    assertThat(told).isNotEmpty();
  }

  private List<Path> packs() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("vault/shop/data"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void missingPack_isFoundByTheStructureAlready() throws IOException {
    Files.delete(Damaging.largestPack(folder.resolve("vault/shop")));
    VerifyReport report = verify("20261124-100000-0001", VerifyDepth.STRUCTURE);
    assertThat(report.whole()).isFalse();
    assertThat(report.damages()).isNotEmpty();
  }

  @Test
  void dataOtherThanCaptured_isDamage_thoughEveryBlobIsGood() {
    seal("20261124-120000-0003", Manifest.VERSION, "0".repeat(64), "root");
    VerifyReport report = verify("20261124-120000-0003", VerifyDepth.DATA);
    assertThat(report.whole()).isFalse();
    assertThat(report.volumes().getFirst().reason()).contains("not what was captured");
  }

  @Test
  void pointOfANewerFirn_isRefused() {
    seal("20261124-130000-0004", Manifest.VERSION + 1, "", "root");
    assertThatThrownBy(() -> verify("20261124-130000-0004", VerifyDepth.DATA))
        .isInstanceOfSatisfying(
            FirnException.class,
            e -> assertThat(e.failure().code()).isEqualTo(FailureCode.POINT_VERSION));
  }

  private VerifyReport verify(String name, VerifyDepth depth) {
    PointSummary point = new PointCatalog(vault).find(name, PointFilter.ALL);
    return new Verifier(InstantSource.fixed(TIME))
        .verify(vault, point, depth, VerifyListener.SILENT);
  }

  /// Seals a point with a disk for each claim; the same claim has the same content in every point.
  /// `digest` "" for the true one.
  private void seal(String name, int version, String digest, String... claims) {
    try (Repository repository = vault.openOrCreateDomain(new Domain("shop"));
        RepositoryWriter writer = repository.writer()) {
      SequencedMap<String, TreeId> trees = new LinkedHashMap<>();
      List<VolumeFacts> volumes =
          java.util.stream.Stream.of(claims)
              .map(claim -> {
                DiskOutcome disk =
                    writer.writeDisk(
                        new SeededDisk(claim), new DiskOptions(BLOCK, 1), TransferListener.SILENT);
                trees.put(
                    claim, writer.writeTree(List.of(Node.file("disk.img", TIME, disk.file()))));
                return facts(claim, digest.isEmpty() ? disk.digest().toString() : digest);
              })
              .toList();
      Manifest manifest =
          new Manifest(
              version,
              "test",
              new PointName(name),
              TIME,
              new ClusterFacts("c", "u", "v1.35.0"),
              "shop",
              List.of(),
              volumes,
              List.of(),
              List.of());
      PointContent content =
          new PointContent(
              manifest,
              "run",
              TIME,
              List.of(ObjectRef.of(Kinds.VIRTUAL_MACHINE, "shop", "db")),
              List.of(machine()),
              JsonNodeFactory.instance.objectNode(),
              trees);
      assertThat(new PointWriter(writer, InstantSource.fixed(TIME)).seal(content)).isNotNull();
    }
  }

  private static ObjectNode machine() {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", "kubevirt.io/v1").put("kind", "VirtualMachine");
    object.putObject("metadata").put("name", "db").put("namespace", "shop");
    return object;
  }

  private static VolumeFacts facts(String claim, String digest) {
    return new VolumeFacts(
        claim,
        "Block",
        "fast",
        64L * BLOCK,
        64L * BLOCK,
        BLOCK,
        digest,
        TIME,
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        0);
  }

  /// Sixty-four blocks of noise.
  private static final class SeededDisk implements DiskSource {
    private final byte[] content = new byte[64 * BLOCK];

    SeededDisk(String name) {
      new Random(name.hashCode()).nextBytes(content);
    }

    @Override
    public long sizeBytes() {
      return content.length;
    }

    @Override
    public void read(long offsetBytes, ByteBuffer target) {
      target.put(content, (int) offsetBytes, target.remaining());
    }

    @Override
    public List<ByteRange> dataRanges() {
      return List.of(new ByteRange(0, content.length));
    }

    @Override
    public void close() {}
  }
}
