package io.firn.simulator.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathMappingTest {
  private final PathMapping paths = new PathMapping();

  @BeforeEach
  void map() {
    paths.add("/data", Path.of("/host/claim"));
    paths.add("/data/inner/", Path.of("/host/inner"));
    paths.add("/dev/disk", Path.of("/host/disk.img"));
  }

  @ParameterizedTest
  @CsvSource({
    "/data, /host/claim",
    "/data/disk.img, /host/claim/disk.img",
    "/data/inner/x, /host/inner/x",
    "--source=/dev/disk, --source=/host/disk.img",
    "file:///data/vault, file:///host/claim/vault",
    "cat /data/a > /data/b, cat /host/claim/a > /host/claim/b",
    "/database, /database",
    "/var/data, /var/data",
    "/dev/disk2, /dev/disk2",
    "data, data"
  })
  void text_withContainerPaths_isMapped(String text, String mapped) {
    assertThat(paths.apply(text)).isEqualTo(mapped);
  }

  @Test
  void hostPath_thatLooksLikeAContainerPath_isNotMappedAgain() {
    PathMapping twice = new PathMapping();
    twice.add("/a", Path.of("/b"));
    twice.add("/b", Path.of("/c"));
    assertThat(twice.apply("/a /b")).isEqualTo("/b /c");
  }

  @ParameterizedTest
  @CsvSource({
    "firn, firn",
    "firn:1.2, firn",
    "registry.example:5000/team/firn:1.2@sha256:abcd, firn",
    "registry.example/team/firn, firn"
  })
  void image_named_isShortened(String image, String name) {
    assertThat(ImageName.shortName(image)).isEqualTo(name);
  }
}
