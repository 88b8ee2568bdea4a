package io.firn.simulator.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.simulator.storage.DataExtents;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootImageTest {
  @TempDir Path folder;
  private Path image;

  @BeforeEach
  void unpack() throws Exception {
    image = folder.resolve("root.img");
    RootImage.writeTo(image);
  }

  @Test
  void image_unpacked_isASparseIntactFileSystem() throws Exception {
    assertThat(image).hasSize(RootImage.SIZE_BYTES);
    long dataBytes =
        DataExtents.of(image, RootImage.SIZE_BYTES).stream()
            .mapToLong(DataExtents.Extent::lengthBytes)
            .sum();
    assertThat(dataBytes).isLessThan(16 << 20);
    assertThat(Ext4Check.of(image).explanation()).isEqualTo("2 block groups, 6 files, 4 contents");
    assertThat(Ext4Check.of(image).intact()).isTrue();
    assertThat(fsck(image)).isZero();
  }

  @Test
  void guest_onTheImage_leavesTheFileSystemIntact() throws Exception {
    try (GuestBench bench = new GuestBench(folder.resolve("store"), 2000)) {
      bench.store.create("root", 0, true);
      Files.delete(bench.store.path("root"));
      Files.move(image, bench.store.path("root"));
      bench.store.create("data", 64 << 20, true);
      Guest guest = bench.boot(5, "root", "data");
      bench.awaitRecords(100);
      guest.shutdown();

      assertThat(bench.checkLive().consistent()).isTrue();
      assertThat(bench.checkLive().recordsFirst()).isGreaterThan(99);
      assertThat(Ext4Check.of(bench.store.path("root")).intact()).isTrue();
      assertThat(fsck(bench.store.path("root"))).isZero();
    }
  }

  @Test
  void damagedMetadataOrContent_isNamed() throws Exception {
    long superblock = 1024 + 0x78;
    long descriptor = 4096 + 0x10;
    for (long at : List.of(superblock, descriptor, find("059999,"))) {
      flip(at);
      Ext4Check.Report report = Ext4Check.of(image);
      assertThat(report.intact()).as("byte %d: %s", at, report.explanation()).isFalse();
      flip(at);
    }
    assertThat(Ext4Check.of(image).intact()).isTrue();
  }

  private static final java.nio.charset.Charset UTF_8 = java.nio.charset.StandardCharsets.UTF_8;

  /// The place of a text in the image.
  private long find(String text) throws Exception {
    byte[] wanted = text.getBytes(UTF_8);
    for (DataExtents.Extent extent : DataExtents.of(image, RootImage.SIZE_BYTES)) {
      byte[] bytes = new byte[(int) extent.lengthBytes()];
      try (FileChannel channel = FileChannel.open(image, StandardOpenOption.READ)) {
        channel.read(ByteBuffer.wrap(bytes), extent.offsetBytes());
      }
      int at = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(text);
      if (at >= 0) {
        return extent.offsetBytes() + at + wanted.length / 2;
      }
    }
    throw new AssertionError("not in the image: " + text);
  }

  private void flip(long at) throws Exception {
    try (FileChannel channel =
        FileChannel.open(image, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, at);
      one.put(0, (byte) (one.get(0) ^ 1)).rewind();
      channel.write(one, at);
    }
  }

  /// The verdict of e2fsck, 0 for a clean file system; where it is not installed, 0 as well: our
  /// own check has looked already.
  private static int fsck(Path image) throws Exception {
    Path tool = Path.of("/usr/sbin/e2fsck");
    if (!Files.isExecutable(tool)) {
      return 0;
    }
    Process process =
        new ProcessBuilder(tool.toString(), "-fn", image.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor();
  }

  @Test
  void server_getHeadAndRange_answerLikeAMirror() throws Exception {
    try (ImageServer server = ImageServer.start(folder, 0);
        HttpClient client = HttpClient.newHttpClient()) {
      URI uri = server.uri("root.img");
      HttpResponse<Void> head =
          client.send(
              HttpRequest.newBuilder(uri).HEAD().build(), HttpResponse.BodyHandlers.discarding());
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.headers().firstValueAsLong("content-length")).hasValue(RootImage.SIZE_BYTES);

      HttpResponse<byte[]> part =
          client.send(
              HttpRequest.newBuilder(uri).header("Range", "bytes=1080-1081").build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(part.body()).containsExactly(0x53, 0xEF);

      Path copy = folder.resolve("copy.img");
      client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofFile(copy));
      assertThat(Files.mismatch(image, copy)).isEqualTo(-1);
      HttpResponse<Void> absent =
          client.send(
              HttpRequest.newBuilder(server.uri("other.img")).build(),
              HttpResponse.BodyHandlers.discarding());
      assertThat(absent.statusCode()).isEqualTo(404);
    }
  }
}
