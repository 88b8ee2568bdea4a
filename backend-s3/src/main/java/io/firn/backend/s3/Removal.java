package io.firn.backend.s3;

import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.PermanentBackendException;
import io.firn.repository.backend.PermanentBackendException.Reason;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/// Deletes. In a bucket that keeps versions a plain DELETE only hides a file, which then costs
/// money for ever; so there its versions are deleted themselves. One that is locked stays, visible,
/// and the refusal is told; but the locks of processes and the marks of a prune, which are locked
/// only by a rule of the bucket's own, are hidden then: they have to go. Thread-safe.
record Removal(StoreContext store) {

  void remove(FileHandle handle, String key) throws IOException {
    String object = handle.toString();
    if (store.settings().objectLock().isEmpty()) {
      delete(object, DeleteObjectRequest.builder().bucket(bucket()).key(key).build());
      return;
    }
    ListObjectVersionsRequest request =
        ListObjectVersionsRequest.builder().bucket(bucket()).prefix(key).build();
    ListObjectVersionsResponse found =
        store.retry().call(_ -> store.client().send(object, s3 -> s3.listObjectVersions(request)));
    try {
      for (ObjectVersion version : found.versions()) {
        if (version.key().equals(key)) {
          version(object, key, version.versionId());
        }
      }
    } catch (PermanentBackendException e) {
      if (e.reason() != Reason.PROTECTED || !mayBeHidden(handle.type())) {
        throw e;
      }
      delete(object, DeleteObjectRequest.builder().bucket(bucket()).key(key).build());
      return;
    }
    for (DeleteMarkerEntry marker : found.deleteMarkers()) {
      if (marker.key().equals(key)) {
        version(object, key, marker.versionId());
      }
    }
  }

  private static boolean mayBeHidden(FileType type) {
    return switch (type) {
      case LOCK, MARK, SEEN -> true;
      case CONFIG, KEY, PACK, INDEX, SNAPSHOT -> false;
    };
  }

  private void version(String object, String key, String id) throws IOException {
    try {
      delete(object, DeleteObjectRequest.builder().bucket(bucket()).key(key).versionId(id).build());
    } catch (PermanentBackendException e) {
      throw e.reason() == Reason.ACCESS_REFUSED
          ? new PermanentBackendException(
              Reason.PROTECTED,
              object
                  + " may not be deleted: its object lock has not ended, or the credentials may"
                  + " not delete versions. Prune again later",
              e)
          : e;
    }
  }

  private void delete(String object, DeleteObjectRequest request) throws IOException {
    boolean done =
        store
            .retry()
            .call(_ -> {
              try {
                store.client().send(object, s3 -> s3.deleteObject(request));
              } catch (NoSuchFileException absent) {
                return true;
              }
              return true;
            });
    assert done;
  }

  private String bucket() {
    return store.settings().bucket();
  }
}
