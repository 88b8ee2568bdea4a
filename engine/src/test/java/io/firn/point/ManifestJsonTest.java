package io.firn.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ManifestJsonTest {
  private static final ObjectRef VM = ObjectRef.of(Kinds.VIRTUAL_MACHINE, "shop", "db-雪");

  static Manifest manifest() {
    return new Manifest(
        Manifest.VERSION,
        "0.1",
        new PointName("20261124-202040-3f9a"),
        Instant.parse("2026-11-24T20:20:40.123456789Z"),
        new Manifest.ClusterFacts("kind", "uid-1", "v1.35.0"),
        "shop",
        List.of(
            new Manifest.MachineFacts(
                VM,
                "uid-2",
                true,
                ConsistencyLevel.FILESYSTEM,
                "frozen",
                Optional.of("guest agent"),
                120,
                7,
                List.of(new Manifest.EffectiveMac("default", "02:00:00:00:00:01")),
                Optional.of("0c0ffee0"),
                List.of("root"),
                Optional.of("db-small-1"),
                Optional.empty(),
                Map.of("kubevirt.io/pci-topology-version", "v3"))),
        List.of(
            new Manifest.VolumeFacts(
                "root",
                "Block",
                "fast",
                10L << 40,
                10L << 40,
                1 << 20,
                "ab".repeat(32),
                Instant.parse("2026-11-24T20:20:40Z"),
                Optional.of("snap-1"),
                Optional.empty(),
                3,
                2,
                1)),
        List.of(VM),
        List.of(new Manifest.ExcludedVolume("dump", "holds a dump of memory")));
  }

  @Test
  void manifest_writtenAndRead_isTheSame() {
    assertThat(ManifestJson.read(ManifestJson.write(manifest()))).isEqualTo(manifest());
  }

  @Test
  void fieldsOfALaterFirn_areIgnored() {
    String json = text().replaceFirst("\\{", "{\"sparkle\":{\"much\":true},");

    assertThat(ManifestJson.read(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(manifest());
  }

  @Test
  void fieldsThatAnEarlierFirnDidNotWrite_areEmpty() {
    String json =
        """
        {"version":1,"point":"p","capturedAt":"2026-11-24T20:20:40Z","namespace":"shop"}
        """;

    Manifest read = ManifestJson.read(json.getBytes(StandardCharsets.UTF_8));

    assertThat(read.machines()).isEmpty();
    assertThat(read.excluded()).isEmpty();
  }

  @Test
  void newerVersion_isRefusedAndNamesThePointAndItsFirn() {
    String json = text().replaceFirst("\"version\" : 1", "\"version\" : 2");

    FirnException e = read(json);

    assertThat(e.failure().code()).isEqualTo(FailureCode.POINT_VERSION);
    assertThat(e.failure().summary()).contains("20261124-202040-3f9a");
    assertThat(e.failure().guidance()).contains("0.1");
  }

  @Test
  void noManifest_isDamageThatSaysWhy() {
    for (String json : List.of("", "[]", "{}", "{\"version\":1}", "snow")) {
      assertThat(read(json).failure().code()).isEqualTo(FailureCode.VAULT_DAMAGED);
    }
    assertThat(read("{\"version\":1}").failure().summary()).contains("'point'");
  }

  private static FirnException read(String json) {
    return catchThrowableOfType(
        FirnException.class, () -> ManifestJson.read(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static String text() {
    return new String(ManifestJson.write(manifest()), StandardCharsets.UTF_8);
  }
}
