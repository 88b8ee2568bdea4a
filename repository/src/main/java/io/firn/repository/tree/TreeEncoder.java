package io.firn.repository.tree;

import io.firn.repository.BlobList;
import io.firn.repository.Node;
import io.firn.repository.NodeType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Writes a tree's JSON, streaming: a disk of a million blocks is 70 MB of it (format notes 1.9).
public final class TreeEncoder {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private TreeEncoder() {}

  /// The nodes in the order of a tree. Refuses what no tree may hold: a name twice, empty or with a
  /// slash, a node that Firn cannot write back without loss.
  public static List<Node> sorted(List<Node> nodes) {
    List<Node> sorted = nodes.stream().sorted(TreeEncoder::byNameBytes).toList();
    for (int i = 0; i < sorted.size(); i++) {
      Node node = sorted.get(i);
      if (node.name().isEmpty() || node.name().indexOf('/') >= 0 || node.name().equals("..")) {
        throw new IllegalArgumentException("not a name for a node: \"" + node.name() + "\"");
      }
      if (i > 0 && sorted.get(i - 1).name().equals(node.name())) {
        throw new IllegalArgumentException("two nodes are named \"" + node.name() + "\"");
      }
      boolean complete =
          switch (node.type()) {
            case FILE -> node.content().isPresent();
            case FOLDER -> node.subtree().isPresent();
            case OTHER -> false;
          };
      if (!complete) {
        throw new IllegalArgumentException("node \"" + node.name() + "\" cannot be written");
      }
    }
    return sorted;
  }

  public static void encode(List<Node> sorted, OutputStream out) throws IOException {
    ascii(out, "{\"nodes\":[");
    boolean first = true;
    for (Node node : sorted) {
      ascii(out, first ? "{\"name\":" : ",{\"name\":");
      encode(node, out);
      first = false;
    }
    ascii(out, "]}\n");
  }

  private static void encode(Node node, OutputStream out) throws IOException {
    out.write(GoJson.name(node.name()));
    ascii(out, ",\"type\":" + (node.type() == NodeType.FILE ? "\"file\"" : "\"dir\""));
    if (node.mode() != 0) {
      ascii(out, ",\"mode\":" + node.mode());
    }
    byte[] time = GoJson.time(node.modified());
    for (String key : List.of("mtime", "atime", "ctime")) {
      ascii(out, ",\"" + key + "\":");
      out.write(time);
    }
    ascii(out, ",\"uid\":" + node.uid() + ",\"gid\":" + node.gid());
    if (node.sizeBytes() != 0) {
      ascii(out, ",\"size\":" + node.sizeBytes());
    }
    if (node.type() == NodeType.FILE) {
      ascii(out, ",\"links\":1");
    }
    ascii(out, ",\"content\":");
    if (node.content().isPresent()) {
      encode(node.content().get(), out);
    } else {
      ascii(out, "null");
    }
    if (node.subtree().isPresent()) {
      ascii(out, ",\"subtree\":\"" + node.subtree().get() + "\"");
    }
    ascii(out, "}");
  }

  private static void encode(BlobList content, OutputStream out) throws IOException {
    byte[] quoted = new byte[67];
    quoted[0] = ',';
    quoted[1] = '"';
    quoted[66] = '"';
    byte[] id = new byte[32];
    out.write('[');
    for (int i = 0; i < content.size(); i++) {
      content.copyTo(i, id, 0);
      for (int b = 0; b < 32; b++) {
        quoted[2 + 2 * b] = HEX[(id[b] >>> 4) & 15];
        quoted[3 + 2 * b] = HEX[id[b] & 15];
      }
      out.write(quoted, i == 0 ? 1 : 0, i == 0 ? 66 : 67);
    }
    out.write(']');
  }

  private static void ascii(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static int byNameBytes(Node a, Node b) {
    return Arrays.compareUnsigned(
        a.name().getBytes(StandardCharsets.UTF_8), b.name().getBytes(StandardCharsets.UTF_8));
  }
}
