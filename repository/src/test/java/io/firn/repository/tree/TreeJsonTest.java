package io.firn.repository.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.BlobList;
import io.firn.repository.Node;
import io.firn.repository.NodeType;
import io.firn.repository.StoredFile;
import io.firn.repository.TestDisks;
import io.firn.repository.Tree;
import io.firn.repository.TreeId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreeJsonTest {
  private static final Instant TIME = Instant.parse("2026-11-24T10:11:12.120Z");
  private static final StoredFile EMPTY = new StoredFile(new BlobList(new byte[0]), 0);

  @Test
  void tree_isToTheByteWhatGoWrites() throws IOException {
    byte[] ids = new byte[64];
    ids[0] = (byte) 0xab;
    Node file = Node.file("disk.img", TIME, new StoredFile(new BlobList(ids), 1234));
    Node folder = Node.folder("a", TIME, TreeId.of("c".repeat(64)));
    String time = "\"2026-11-24T10:11:12.12Z\"";
    String times = "\"mtime\":" + time + ",\"atime\":" + time + ",\"ctime\":" + time;
    assertThat(encode(List.of(file, folder)))
        .isEqualTo(
            "{\"nodes\":[{\"name\":\"a\",\"type\":\"dir\",\"mode\":2147484096,"
                + times
                + ",\"uid\":0,\"gid\":0,\"content\":null,\"subtree\":\""
                + "c".repeat(64)
                + "\"},{\"name\":\"disk.img\",\"type\":\"file\",\"mode\":384,"
                + times
                + ",\"uid\":0,\"gid\":0,\"size\":1234,\"links\":1,\"content\":[\"ab"
                + "0".repeat(62)
                + "\",\""
                + "0".repeat(64)
                + "\"]}]}\n");
  }

  @Test
  void emptyFile_hasAnEmptyList() throws IOException {
    assertThat(encode(List.of(Node.file("e", TIME, EMPTY)))).contains("\"content\":[]}");
    assertThat(encode(List.of())).isEqualTo("{\"nodes\":[]}\n");
  }

  @Test
  void decode_whatWasEncoded_isTheSame() throws IOException {
    List<Node> nodes =
        List.of(
            Node.file(
                "Grün & <b>\"\\\u2028\t", TIME, new StoredFile(new BlobList(new byte[96]), 9)),
            Node.folder("日本語 \uD83D\uDCBE", TIME, TreeId.of("d".repeat(64))));
    Tree tree = TreeDecoder.decode(encode(nodes).getBytes(StandardCharsets.UTF_8));
    assertThat(tree.nodes()).isEqualTo(TreeEncoder.sorted(nodes));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 127, 128, 129, 130, 1000})
  void longContent_isOneListOfAllIds(int blobs) throws IOException {
    BlobList content = new BlobList(TestDisks.random(new Random(blobs), 32 * blobs));
    Node node = Node.file("disk.img", TIME, new StoredFile(content, 7));
    String json = encode(List.of(node));
    String all =
        IntStream.range(0, blobs)
            .mapToObj(i -> "\"" + content.get(i) + "\"")
            .collect(Collectors.joining(","));
    assertThat(json).contains("\"content\":[" + all + "]}");
    assertThat(TreeDecoder.decode(json.getBytes(StandardCharsets.UTF_8)).nodes())
        .containsExactly(node);
  }

  @Test
  void decode_foreignNodes_areKeptAsOther() throws IOException {
    String json =
        """
        {"nodes":[{"name":"l","type":"symlink","mode":134218239,"mtime":"2020-01-01T00:00:00+01:00",
         "uid":1000,"gid":5,"user":"me","linktarget":"x","inode":18446744073709551615,"content":null,
         "extended_attributes":[{"name":"a","value":"YQ=="}]}]}
        """;
    Node node = TreeDecoder.decode(json.getBytes(StandardCharsets.UTF_8)).nodes().getFirst();
    assertThat(node.type()).isEqualTo(NodeType.OTHER);
    assertThat(node.modified()).isEqualTo(Instant.parse("2019-12-31T23:00:00Z"));
    assertThatThrownBy(() -> TreeEncoder.sorted(List.of(node)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sorted_goesByBytes_notByJavasCharacters() {
    List<Node> sorted =
        TreeEncoder.sorted(
            List.of(
                Node.file("\uD83D\uDCBE", TIME, EMPTY),
                Node.file("\uFF5E", TIME, EMPTY),
                Node.file("b", TIME, EMPTY),
                Node.file("B", TIME, EMPTY)));
    assertThat(sorted).extracting(Node::name).containsExactly("B", "b", "\uFF5E", "\uD83D\uDCBE");
  }

  @ParameterizedTest
  @CsvSource({"''", "a/b", ".."})
  void sorted_impossibleName_isRefused(String name) {
    assertThatThrownBy(() -> TreeEncoder.sorted(List.of(Node.file(name, TIME, EMPTY))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sorted_nameTwice_isRefused() {
    Node node = Node.file("a", TIME, EMPTY);
    assertThatThrownBy(() -> TreeEncoder.sorted(List.of(node, node)))
        .hasMessageContaining("two nodes");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "plain.img, plain.img",
        "a b, a b",
        "quo\"te, quo\\\\\\\"te",
        "back\\slash, back\\\\\\\\slash",
        "<&>, \\u003c\\u0026\\u003e",
        "grün, grün",
        "nb\u00a0sp, nb\\\\u00a0sp",
        "bell\u0007!, bell\\\\a!",
        "esc\u001b!, esc\\\\x1b!",
        "del\u007f, del\\\\x7f",
        "zero\u200bwidth, zero\\\\u200bwidth",
      })
  void name_isQuotedAsByGoAndThenByJson(String name, String expected) {
    String json = new String(GoJson.name(name), StandardCharsets.UTF_8);
    assertThat(json).isEqualTo('"' + expected + '"');
    assertThat(GoJson.unquote(GoJson.quote(name))).isEqualTo(name);
  }

  private static String encode(List<Node> nodes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TreeEncoder.encode(TreeEncoder.sorted(nodes), out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
