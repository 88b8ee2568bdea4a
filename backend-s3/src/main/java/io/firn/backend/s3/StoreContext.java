package io.firn.backend.s3;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Object;

/// What all repositories of one store share: client, retries, bandwidth, clock. Thread-safe.
record StoreContext(
    S3Settings settings,
    StoreClient client,
    S3Retry retry,
    Bandwidth bandwidthUp,
    Bandwidth bandwidthDown,
    InstantSource clock) {
  private static final int PAGE = 1000;

  Listing listing() {
    return new Listing(client, retry, settings.bucket());
  }

  /// Whether any object's key begins like this.
  boolean anything(String prefix) throws IOException {
    return !first(prefix, 1).isEmpty();
  }

  /// The first keys that begin like this, as many as a store lists at once.
  List<String> first(String prefix) throws IOException {
    return first(prefix, PAGE);
  }

  private List<String> first(String prefix, int most) throws IOException {
    ListObjectsV2Request request =
        ListObjectsV2Request.builder()
            .bucket(settings.bucket())
            .prefix(prefix)
            .maxKeys(most)
            .build();
    return retry.call(_ ->
        client
            .send("bucket " + settings.bucket(), s3 -> s3.listObjectsV2(request))
            .contents()
            .stream()
            .map(S3Object::key)
            .toList());
  }
}
