package io.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The mover's protocol, as the Jobs of a backup use it and as anybody can by hand.
class MoverCommandsTest {
  @TempDir private Path folder = Path.of("");
  private Path password = Path.of("");

  @BeforeEach
  void makeVault() throws IOException {
    password = Files.writeString(folder.resolve("password"), "correct horse");
    TestShell.withoutCluster()
        .run("vault", "init", "--vault", vault(), "--password-file", password.toString());
  }

  private String vault() {
    return folder.resolve("vault").toString();
  }

  private TestShell.Outcome mover(String direction, Path result, String... more) {
    String[] common = {
      "mover",
      direction,
      "--vault",
      vault(),
      "--domain",
      "shop",
      "--password-file",
      password.toString(),
      "--result",
      result.toString()
    };
    String[] line = Arrays.copyOf(common, common.length + more.length);
    System.arraycopy(more, 0, line, common.length, more.length);
    return TestShell.withoutCluster().run(line);
  }

  @Test
  void mover_backupThenRestore_givesTheSameBytesAndDigest() throws IOException {
    byte[] bytes = new byte[3_000_001];
    new Random(7).nextBytes(bytes);
    Path disk = Files.write(folder.resolve("disk.img"), bytes);
    Path stored = folder.resolve("stored.json");
    TestShell.Outcome backup = mover("backup", stored, "--source", disk.toString());
    assertThat(backup.exitCode()).as(backup.err()).isZero();
    JsonNode result = new ObjectMapper().readTree(stored.toFile());
    assertThat(result.path("size").asLong()).isEqualTo(bytes.length);
    assertThat(backup.out().lines())
        .last()
        .asString()
        .startsWith("{\"done\":3000001,\"total\":3000001,\"stored\":");

    Path copy = Files.write(folder.resolve("copy.img"), new byte[bytes.length]);
    Path written = folder.resolve("written.json");
    TestShell.Outcome restore =
        mover(
            "restore",
            written,
            "--tree",
            result.path("tree").asText(),
            "--target",
            copy.toString(),
            "--block-size",
            result.path("blockSize").asText());
    assertThat(restore.exitCode()).as(restore.err()).isZero();
    assertThat(Files.readAllBytes(copy)).isEqualTo(bytes);
    assertThat(new ObjectMapper().readTree(written.toFile()).path("digest"))
        .isEqualTo(result.path("digest"));
  }

  /// Lines that come again, too many to be remembered by who only glances at them.
  @Test
  void mover_compressedBest_storesLess_andGivesTheSameBytes() throws IOException {
    Random random = new Random(7);
    String[] words = {"disk", "guest", "freeze", "thaw", "vault", "point", "claim", "volume"};
    String[] lines = new String[2000];
    Arrays.setAll(lines, i -> line(words, random));
    StringBuilder text = new StringBuilder();
    while (text.length() < 2_000_000) {
      text.append(lines[random.nextInt(lines.length)]);
    }
    Path disk = Files.writeString(folder.resolve("disk.img"), text);
    JsonNode fastest = stored("--source", disk.toString());
    // One more byte in front, and no block is the same.
    Files.writeString(disk, "+" + text);
    JsonNode best = stored("--source", disk.toString(), "--compression", "best");
    assertThat(best.path("bytesStored").asLong())
        .isPositive()
        .isLessThan(fastest.path("bytesStored").asLong() * 95 / 100);

    Path copy = folder.resolve("copy.img");
    String tree = best.path("tree").asText();
    Path written = folder.resolve("written.json");
    mover("restore", written, "--tree", tree, "--target", copy.toString());
    assertThat(copy).hasContent("+" + text);
  }

  private static String line(String[] words, Random random) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      line.append(words[random.nextInt(words.length)]).append(' ').append(random.nextInt(1000));
    }
    return line.append('\n').toString();
  }

  private JsonNode stored(String... line) throws IOException {
    Path result = folder.resolve("stored.json");
    TestShell.Outcome outcome = mover("backup", result, line);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return new ObjectMapper().readTree(result.toFile());
  }

  @Test
  void mover_unknownCompression_isUsage_andSaysWhichThereAre() {
    TestShell.Outcome outcome =
        mover("backup", folder.resolve("r"), "--source", vault(), "--compression", "most");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("--compression", "most").containsIgnoringCase("better");
  }

  @Test
  void mover_wrongPassword_leavesFailureAndItsExitCode() throws IOException {
    Path result = folder.resolve("result.json");
    Path disk = Files.write(folder.resolve("disk.img"), new byte[4096]);
    mover("backup", result, "--source", disk.toString());
    Files.writeString(password, "battery staple");
    TestShell.Outcome outcome = mover("backup", result, "--source", disk.toString());
    assertThat(outcome.exitCode()).isEqualTo(12);
    assertThat(Files.readString(result)).contains("VAULT_WRONG_PASSWORD").doesNotContain("staple");
  }

  @Test
  void mover_noTree_isUsage() {
    TestShell.Outcome outcome =
        mover("restore", folder.resolve("r"), "--tree", "abc", "--target", vault());
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("'abc' is no tree ID");
  }

  @Test
  void mover_changedRanges_areFollowedOrRefusedAloud() throws IOException {
    byte[] bytes = new byte[3_000_001];
    new Random(7).nextBytes(bytes);
    Path disk = Files.write(folder.resolve("disk.img"), bytes);
    Path result = folder.resolve("stored.json");
    mover("backup", result, "--source", disk.toString());
    String parent = new ObjectMapper().readTree(result.toFile()).path("tree").asText();
    bytes[1_000_000] ^= 1;
    Files.write(disk, bytes);
    Path ranges = Files.writeString(folder.resolve("ranges"), "983040 65536\n");

    String[] line = {
      "--source", disk.toString(), "--changed-ranges", ranges.toString(), "--parent", parent
    };
    TestShell.Outcome followed = mover("backup", result, line);
    assertThat(followed.exitCode()).as(followed.err()).isZero();
    assertThat(followed.err()).isEmpty();
    assertThat(new ObjectMapper().readTree(result.toFile()).path("changedRanges").asText())
        .isEqualTo("followed: 11 blocks kept, 11 of them read again");
    JsonNode byRanges = new ObjectMapper().readTree(result.toFile());

    line[5] = "0".repeat(64);
    TestShell.Outcome refused = mover("backup", result, line);
    assertThat(refused.exitCode()).isZero();
    assertThat(refused.err())
        .contains(
            "warning: changed ranges refused, the whole disk was read: the parent is not in the"
                + " repository");
    assertThat(new ObjectMapper().readTree(result.toFile()).path("digest"))
        .isEqualTo(byRanges.path("digest"));

    for (String noRange : List.of("12 many", "4096", "4096 " + Long.MAX_VALUE)) {
      Files.writeString(ranges, "0 4096\n" + noRange);
      TestShell.Outcome wrong = mover("backup", result, line);
      assertThat(wrong.exitCode()).isEqualTo(1);
      assertThat(wrong.err()).contains("line 2 of " + ranges + " is no range");
    }
  }
}
