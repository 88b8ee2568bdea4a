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

  /// A comma, and 64 digits in quotes.
  private static final int QUOTED_BYTES = 67;

  private static final int PIECE_IDS = 128;

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

  /// In pieces of many IDs: what they are written to costs something for each call.
  private static void encode(BlobList content, OutputStream out) throws IOException {
    byte[] piece = new byte[PIECE_IDS * QUOTED_BYTES];
    byte[] id = new byte[32];
    out.write('[');
    int filled = 0;
    for (int i = 0; i < content.size(); i++) {
      if (piece.length - filled < QUOTED_BYTES) {
        out.write(piece, 0, filled);
        filled = 0;
      }
      content.copyTo(i, id, 0);
      if (i > 0) {
        piece[filled++] = ',';
      }
      filled = quote(id, piece, filled);
    }
    out.write(piece, 0, filled);
    out.write(']');
  }

  /// Returns where the hex digits and their quotes end.
  private static int quote(byte[] id, byte[] piece, int from) {
    int at = from;
    piece[at++] = '"';
    for (int b = 0; b < 32; b++) {
      piece[at++] = HEX[(id[b] >>> 4) & 15];
      piece[at++] = HEX[id[b] & 15];
    }
    piece[at++] = '"';
    return at;
  }

  private static void ascii(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static int byNameBytes(Node a, Node b) {
    return Arrays.compareUnsigned(
        a.name().getBytes(StandardCharsets.UTF_8), b.name().getBytes(StandardCharsets.UTF_8));
  }
}
