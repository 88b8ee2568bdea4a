package io.firn.backend.s3;

import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileContent;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.ObjectLock;
import io.firn.repository.backend.PermanentBackendException;
import io.firn.repository.backend.PermanentBackendException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/// A repository below a prefix of a bucket. An upload is one PUT, and a PUT is all or nothing, so
/// there is nothing half to be seen or tidied. Lists may be old on some stores: a file that is
/// missing from one is at worst stored twice, since names are digests of the content.
///
/// Thread-safe. [#close] leaves the store's client open: it belongs to [S3Store].
final class S3Backend implements Backend {
  private static final int COMPARED_BYTES = 1 << 20;

  private final StoreContext store;
  private final ObjectKeys keys;
  private final Download download;
  private final Removal removal;
  private final Optional<S3ObjectLock> lock;
  private final AtomicBoolean conditional;

  S3Backend(StoreContext store, ObjectKeys keys) {
    this.store = store;
    this.keys = keys;
    this.download = new Download(store, keys);
    this.removal = new Removal(store);
    this.lock = store.settings().objectLock().map(rule -> new S3ObjectLock(store, keys, rule));
    this.conditional =
        new AtomicBoolean(store.settings().conditionalCreate() != ConditionalCreate.NEVER);
  }

  /// A bucket is made by its admin; a folder is made by its first file.
  @Override
  public void create() {}

  @Override
  public boolean exists() throws IOException {
    return store.anything(keys.prefix());
  }

  @Override
  public Optional<String> foreignFile() throws IOException {
    return store.first(keys.prefix()).stream()
        .flatMap(key -> keys.foreign(key).stream())
        .findFirst();
  }

  @Override
  public void save(FileHandle handle, ByteBuffer... content) throws IOException {
    Optional<Instant> until = lock.flatMap(l -> l.untilForNew(handle.type()));
    String key = keys.of(handle);
    boolean done =
        store
            .retry()
            .call(attempt -> {
              Upload upload =
                  Upload.of(store.settings(), handle, key, until, store.bandwidthUp(), content);
              try {
                put(upload);
              } catch (FileAlreadyExistsException e) {
                // After a try of our own whose answer was lost it may be what we have brought.
                if (attempt == 1 || !isOurs(handle, content)) {
                  throw e;
                }
              }
              return true;
            });
    assert done;
  }

  private void put(Upload upload) throws IOException {
    FileHandle handle = upload.handle();
    // Two who init one place bring different configs of one name: look, whatever the store can do.
    if ((!conditional.get() || handle.type() == FileType.CONFIG) && present(handle)) {
      throw new FileAlreadyExistsException(handle.toString());
    }
    PutObjectRequest.Builder request = upload.request();
    if (conditional.get()) {
      request.ifNoneMatch("*");
    }
    try {
      store.client().send(handle.toString(), s3 -> s3.putObject(request.build(), upload.body()));
    } catch (PermanentBackendException e) {
      boolean unknown = e.reason() == Reason.MISCONFIGURED && conditional.get();
      if (!unknown || store.settings().conditionalCreate() != ConditionalCreate.AUTO) {
        throw e;
      }
      // It may be the condition that the store does not know.
      conditional.set(false);
      throw new TransientS3Exception(String.valueOf(e.getMessage()), java.time.Duration.ZERO, e);
    }
  }

  private boolean present(FileHandle handle) throws IOException {
    try {
      return headers(handle).sdkHttpResponse().isSuccessful();
    } catch (NoSuchFileException absent) {
      return false;
    }
  }

  /// Same size and, where it is small, same content: large files are named by their digest.
  private boolean isOurs(FileHandle handle, ByteBuffer... content) throws IOException {
    long size = FileContent.sizeBytes(content);
    if (head(handle) != size) {
      return false;
    }
    return size > COMPARED_BYTES
        || Arrays.equals(download.once(handle), FileContent.bytes(content));
  }

  @Override
  public byte[] load(FileHandle handle) throws IOException {
    return download.whole(handle);
  }

  @Override
  public void load(FileHandle handle, long offsetBytes, ByteBuffer target) throws IOException {
    download.range(handle, offsetBytes, target);
  }

  @Override
  public List<FileEntry> list(FileType type) throws IOException {
    if (type == FileType.CONFIG) {
      return config();
    }
    List<FileEntry> found = new ArrayList<>();
    store
        .listing()
        .pages(
            keys.folder(type),
            Optional.empty(),
            page ->
                page.contents()
                    .forEach(object ->
                        keys.handle(type, object.key())
                            .ifPresent(handle -> found.add(new FileEntry(handle, object.size())))));
    return found;
  }

  private List<FileEntry> config() throws IOException {
    try {
      return List.of(new FileEntry(FileHandle.CONFIG, size(FileHandle.CONFIG)));
    } catch (NoSuchFileException absent) {
      return List.of();
    }
  }

  @Override
  public long size(FileHandle handle) throws IOException {
    return store.retry().call(_ -> head(handle));
  }

  @Override
  public void delete(FileHandle handle) throws IOException {
    removal.remove(handle, keys.of(handle));
  }

  @Override
  public Optional<ObjectLock> objectLock() {
    return lock.map(l -> l);
  }

  @Override
  public String location() {
    String url = "s3://" + store.settings().bucket() + "/" + keys.prefix();
    return url.substring(0, url.length() - 1);
  }

  @Override
  public void close() {}

  private long head(FileHandle handle) throws IOException {
    Long length = headers(handle).contentLength();
    if (length == null) {
      throw new TransientS3Exception(
          "the answer does not say how many bytes "
              + handle
              + " has: a proxy before the store may drop Content-Length");
    }
    return length;
  }

  private HeadObjectResponse headers(FileHandle handle) throws IOException {
    HeadObjectRequest request =
        HeadObjectRequest.builder().bucket(store.settings().bucket()).key(keys.of(handle)).build();
    return store.client().send(handle.toString(), s3 -> s3.headObject(request));
  }
}
