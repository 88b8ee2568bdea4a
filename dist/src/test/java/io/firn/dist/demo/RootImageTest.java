package io.firn.dist.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootImageTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void write_twice_givesTheSameBytes() throws IOException {
    RootImage first = RootImage.write(folder.resolve("a.img"));
    RootImage second = RootImage.write(folder.resolve("b.img"));
    assertThat(Files.mismatch(first.file(), second.file())).isEqualTo(-1);
    assertThat(first.sizeBytes()).isEqualTo(128L << 20);
    assertThat(first.journalBytes()).isEqualTo(8L << 20);
  }

  @Test
  void journal_inTheImage_isMarkedAndOtherwiseEmpty() throws IOException {
    RootImage image = RootImage.write(folder.resolve("a.img"));
    ByteBuffer journal = ByteBuffer.allocate((int) image.journalBytes());
    try (FileChannel channel = FileChannel.open(image.file())) {
      channel.read(journal, image.journalOffset());
    }
    byte[] bytes = journal.array();
    assertThat(new String(bytes, 0, 16, StandardCharsets.US_ASCII)).isEqualTo("FIRN-JOURNAL-v1\0");
    assertThat(Arrays.copyOfRange(bytes, 24, bytes.length)).containsOnly(0);
  }

  @Test
  void fileSystem_asE2fsckSeesIt_isClean() throws IOException, InterruptedException {
    Path checker =
        Arrays.stream((System.getenv("PATH") + ":/usr/sbin:/sbin").split(File.pathSeparator, -1))
            .map(path -> Path.of(path, "e2fsck"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(folder.resolve("absent"));
    if (System.getenv("CI") != null) {
      assertThat(checker).as("e2fsck, which CI must have").isExecutable();
    }
    assumeThat(checker).isExecutable();
    RootImage image = RootImage.write(folder.resolve("a.img"));
    Process process =
        new ProcessBuilder(checker.toString(), "-f", "-n", image.file().toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
