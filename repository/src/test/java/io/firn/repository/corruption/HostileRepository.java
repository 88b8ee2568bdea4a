package io.firn.repository.corruption;

import com.github.luben.zstd.ZstdOutputStream;
import io.firn.repository.BlobId;
import io.firn.repository.PackId;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.RepositoryReader;
import io.firn.repository.StoredSnapshot;
import io.firn.repository.TestRepositories;
import io.firn.repository.TreeId;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.MemoryBackend;
import io.firn.repository.check.CheckDepth;
import io.firn.repository.check.CheckListener;
import io.firn.repository.crypto.Envelope;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.crypto.Sha256;
import io.firn.repository.index.IndexFile;
import io.firn.repository.index.IndexedPack;
import io.firn.repository.key.KeyFiles;
import io.firn.repository.pack.BlobType;
import io.firn.repository.pack.PackEntry;
import io.firn.repository.pack.PackHeader;
import io.firn.repository.repair.IndexRepairOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Opens repositories that somebody with the key has made to be our ruin, in a process with little
/// memory. Prints a line for each that was refused as it should be; anything else ends it.
final class HostileRepository {
  private static final String ID = "a".repeat(64);
  private static final long GIB = 1L << 30;

  private final MemoryBackend backend = new MemoryBackend();
  private final SecretKey key;

  private HostileRepository() {
    TestRepositories.init(backend).close();
    key = new KeyFiles(backend).open(TestRepositories.password(), master -> true).master();
  }

  /// Something that must end in `CORRUPT`, or in a report of damage.
  private interface Attack {
    void run(HostileRepository hostile) throws IOException;
  }

  public static void main(String[] arguments) throws IOException {
    refused("index that unpacks to a GiB", h -> h.document(FileType.INDEX, frame(zeros(GIB))));
    refused("index that claims 2^40 bytes", h -> h.document(FileType.INDEX, claim()));
    refused("index, nested", h -> h.document(FileType.INDEX, frame(text("{\"a\":" + deep()))));
    refused(
        "snapshot that unpacks to a GiB", h -> h.document(FileType.SNAPSHOT, frame(zeros(GIB))));
    refused("snapshot, nested", h -> h.document(FileType.SNAPSHOT, frame(text(deep()))));
    refused("blob of 4 GiB", h -> h.indexed(0xffff_f000L, 0));
    refused("blob that unpacks to 4 GiB", h -> h.indexed(1000, 0xffff_ffffL));
    refused("blob that unpacks to 1 GiB", h -> h.indexed(1000, GIB));
    refused("tree that is a bomb", h -> h.tree(frame(zeros(GIB / 2)), GIB / 2));
    refused("tree that claims less than it is", h -> h.tree(frame(zeros(GIB / 2)), 100));
    refused("tree, nested", h -> h.tree(frame(text("{\"nodes\":" + deep())), deepBytes()));
    refused("file of many TiB", HostileRepository::endlessFile);
    refused("file of 2^63 - 1 bytes", h -> h.node("\"size\":9223372036854775807,\"content\":[]"));
    refused("file of 2^64 - 1 bytes", h -> h.node("\"size\":18446744073709551615,\"content\":[]"));
    refused("file of -1 bytes", h -> h.node("\"size\":-1,\"content\":[]"));
    refused("header of 4 GiB", h -> h.packEndingIn(-1));
    refused("header of 2 GiB", h -> h.packEndingIn(0x7fff_ffff));
  }

  private static void refused(String what, Attack attack) throws IOException {
    HostileRepository hostile = new HostileRepository();
    attack.run(hostile);
    hostile.use();
    System.out.println("refused: " + what);
  }

  /// All that reads must refuse or report it.
  private void use() {
    boolean refused = false;
    try (Repository repository = TestRepositories.open(backend)) {
      refused |= !repository.check(CheckDepth.DATA, CheckListener.SILENT).sound();
      refused |=
          !repository
              .planIndexRepair(
                  IndexRepairOptions.DEFAULT.withReadAllData(true), CheckListener.SILENT)
              .nothingToDo();
      try {
        readAll(repository);
      } catch (RepositoryException e) {
        if (e.code() != FailureCode.CORRUPT) {
          throw e;
        }
        refused = true;
      }
    }
    if (!refused) {
      throw new IllegalStateException("nobody minded");
    }
  }

  private static void readAll(Repository repository) {
    RepositoryReader reader = repository.reader();
    for (StoredSnapshot stored : repository.snapshots()) {
      reader.find(stored.snapshot().tree(), "/x").ifPresent(reader::readFile);
    }
  }

  private void document(FileType type, byte[] frame) throws IOException {
    byte[] plain = new byte[frame.length + 1];
    plain[0] = 2;
    System.arraycopy(frame, 0, plain, 1, frame.length);
    save(type, new Envelope(key).seal(plain));
  }

  /// A tree blob of that length in an index, in a small pack, and a snapshot that needs it.
  private void indexed(long length, long plain) throws IOException {
    save(FileType.PACK, new byte[5000]);
    PackId pack = PackId.of(backend.list(FileType.PACK).getFirst().handle().name());
    PackEntry entry = new PackEntry(BlobType.TREE, BlobId.of(ID), 0, length, plain);
    index(new IndexedPack(pack, List.of(entry)));
    snapshot(TreeId.of(ID));
  }

  /// A tree whose stored form is this frame, in a pack that is right in all else.
  private void tree(byte[] frame, long plainBytes) throws IOException {
    BlobId id = BlobId.of(ID);
    byte[] sealed = new Envelope(key).seal(frame);
    pack(List.of(new PackEntry(BlobType.TREE, id, 0, sealed.length, plainBytes)), sealed);
    snapshot(new TreeId(id.digest()));
  }

  /// A tree with one file, whose ID is right.
  private void node(String fields) throws IOException {
    byte[] json =
        text(
            "{\"nodes\":[{\"name\":\"x\",\"type\":\"file\",\"mtime\":\"2026-01-01T00:00:00Z\",\"uid\":0,\"gid\":0,"
                + fields
                + "}]}");
    byte[] sealed = new Envelope(key).seal(json);
    BlobId id = new BlobId(Sha256.of(json));
    pack(List.of(new PackEntry(BlobType.TREE, id, 0, sealed.length, 0)), sealed);
    snapshot(new TreeId(id.digest()));
  }

  /// A MiB of zeros, stored once and named a hundred thousand times.
  private void endlessFile() throws IOException {
    byte[] zeros = new byte[1 << 20];
    byte[] frame = frame(zeros);
    byte[] sealed = new Envelope(key).seal(frame);
    BlobId id = new BlobId(Sha256.of(zeros));
    pack(List.of(new PackEntry(BlobType.DATA, id, 0, sealed.length, zeros.length)), sealed);
    int count = 100_000;
    StringBuilder content =
        new StringBuilder("\"size\":" + ((long) count << 20) + ",\"content\":[");
    for (int i = 0; i < count; i++) {
      content.append(i == 0 ? "\"" : ",\"").append(id).append('"');
    }
    node(content.append(']').toString());
  }

  private void packEndingIn(int headerLength) throws IOException {
    byte[] pack = new byte[5000];
    ByteBuffer.wrap(pack).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(4996, headerLength);
    save(FileType.PACK, pack);
  }

  private void pack(List<PackEntry> entries, byte[] sealed) throws IOException {
    byte[] trailer = PackHeader.encode(entries, new Envelope(key));
    byte[] pack = java.util.Arrays.copyOf(sealed, sealed.length + trailer.length);
    System.arraycopy(trailer, 0, pack, sealed.length, trailer.length);
    save(FileType.PACK, pack);
    index(new IndexedPack(new PackId(Sha256.of(pack)), entries));
  }

  private void index(IndexedPack pack) throws IOException {
    save(FileType.INDEX, new Envelope(key).seal(IndexFile.encode(List.of(pack))));
  }

  private void snapshot(TreeId root) throws IOException {
    byte[] json =
        text("{\"time\":\"2026-01-01T00:00:00Z\",\"tree\":\"" + root + "\",\"paths\":[\"/\"]}");
    save(FileType.SNAPSHOT, new Envelope(key).seal(json));
  }

  private void save(FileType type, byte[] content) throws IOException {
    FileHandle handle = new FileHandle(type, Sha256.of(content).toString());
    backend.save(handle, ByteBuffer.wrap(content));
    FileEntry saved = new FileEntry(handle, content.length);
    if (!backend.list(type).contains(saved)) {
      throw new IllegalStateException(handle + " was not saved");
    }
  }

  private interface Writer {
    void to(java.io.OutputStream out) throws IOException;
  }

  private static byte[] frame(byte[] content) throws IOException {
    return frame(out -> out.write(content));
  }

  private static Writer zeros(long bytes) {
    return out -> {
      byte[] piece = new byte[1 << 20];
      for (long done = 0; done < bytes; done += piece.length) {
        out.write(piece);
      }
    };
  }

  private static byte[] frame(Writer content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZstdOutputStream out = new ZstdOutputStream(bytes, 1)) {
      content.to(out);
    }
    return bytes.toByteArray();
  }

  /// A header that promises a terabyte, and an empty block.
  private static byte[] claim() {
    return new byte[] {
      0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, (byte) 0xe0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0
    };
  }

  private static String deep() {
    return "[".repeat(1_000_000);
  }

  private static long deepBytes() {
    return "{\"nodes\":".length() + 1_000_000L;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
