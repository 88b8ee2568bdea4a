package io.firn.repository.tree;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.firn.repository.BlobList;
import io.firn.repository.Digest;
import io.firn.repository.Node;
import io.firn.repository.NodeType;
import io.firn.repository.Tree;
import io.firn.repository.TreeId;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads a tree's JSON, restic's own included. Fields that Firn does not know are skipped.
public final class TreeDecoder {
  private static final JsonFactory JSON = new JsonFactory();

  private TreeDecoder() {}

  public static Tree decode(byte[] bytes) throws IOException {
    List<Node> nodes = new ArrayList<>();
    try (JsonParser json = JSON.createParser(bytes)) {
      expect(json.nextToken() == JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean isNodes = json.currentName().equals("nodes");
        if (json.nextToken() == JsonToken.START_ARRAY && isNodes) {
          while (json.nextToken() != JsonToken.END_ARRAY) {
            nodes.add(decodeNode(json));
          }
        } else {
          json.skipChildren();
        }
      }
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw new IOException(e.getMessage(), e);
    }
    return new Tree(nodes);
  }

  private static Node decodeNode(JsonParser json) throws IOException {
    NodeFields fields = new NodeFields();
    expect(json.currentToken() == JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      fields.read(field, json);
    }
    return fields.node();
  }

  private static void expect(boolean condition) throws IOException {
    if (!condition) {
      throw new IOException("its JSON is not a tree");
    }
  }

  /// The fields of one node while they come in.
  private static final class NodeFields {
    private String name = "";
    private NodeType type = NodeType.OTHER;
    private long mode;
    private Instant modified = Instant.EPOCH;
    private long uid;
    private long gid;
    private long size;
    private Optional<BlobList> content = Optional.empty();
    private Optional<TreeId> subtree = Optional.empty();

    void read(String field, JsonParser json) throws IOException {
      switch (field) {
        case "name" -> name = GoJson.unquote(json.getText());
        case "type" -> type = type(json.getText());
        case "mode" -> mode = json.getLongValue();
        case "mtime" -> modified = OffsetDateTime.parse(json.getText()).toInstant();
        case "uid" -> uid = json.getLongValue();
        case "gid" -> gid = json.getLongValue();
        case "size" -> size = json.getBigIntegerValue().longValueExact();
        case "content" -> content = content(json);
        case "subtree" -> subtree = subtree(json);
        default -> json.skipChildren();
      }
    }

    Node node() throws IOException {
      expect(!name.isEmpty() && name.indexOf('/') < 0);
      // A name that would lead a restore out of its folder.
      expect(!name.equals(".") && !name.equals("..") && name.indexOf('\0') < 0);
      expect(size >= 0);
      expect(type != NodeType.FOLDER || subtree.isPresent());
      if (type == NodeType.FILE && content.isEmpty()) {
        content = Optional.of(new BlobList(new byte[0]));
      }
      return new Node(name, type, mode, modified, uid, gid, size, content, subtree);
    }

    private static NodeType type(String word) {
      return switch (word) {
        case "file" -> NodeType.FILE;
        case "dir" -> NodeType.FOLDER;
        default -> NodeType.OTHER;
      };
    }

    private static Optional<TreeId> subtree(JsonParser json) throws IOException {
      return json.currentToken() == JsonToken.VALUE_NULL
          ? Optional.empty()
          : Optional.of(TreeId.of(json.getText()));
    }

    private static Optional<BlobList> content(JsonParser json) throws IOException {
      if (json.currentToken() == JsonToken.VALUE_NULL) {
        return Optional.empty();
      }
      expect(json.currentToken() == JsonToken.START_ARRAY);
      byte[] ids = new byte[32 * 16];
      int size = 0;
      while (json.nextToken() != JsonToken.END_ARRAY) {
        if (size == ids.length) {
          ids = Arrays.copyOf(ids, Math.multiplyExact(size, 2));
        }
        Digest.of(json.getText()).copyTo(ids, size);
        size += 32;
      }
      return Optional.of(new BlobList(ids, size / 32));
    }
  }
}
