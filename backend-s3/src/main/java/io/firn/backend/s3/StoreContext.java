package io.firn.backend.s3;

import java.io.IOException;
import java.time.InstantSource;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/// What all repositories of one store share: client, retries, bandwidth, clock. Thread-safe.
record StoreContext(
    S3Settings settings,
    StoreClient client,
    S3Retry retry,
    Bandwidth bandwidthUp,
    Bandwidth bandwidthDown,
    InstantSource clock) {

  Listing listing() {
    return new Listing(client, retry, settings.bucket());
  }

  /// Whether any object's key begins like this.
  boolean anything(String prefix) throws IOException {
    ListObjectsV2Request request =
        ListObjectsV2Request.builder().bucket(settings.bucket()).prefix(prefix).maxKeys(1).build();
    return retry.call(_ ->
        !client
            .send("bucket " + settings.bucket(), s3 -> s3.listObjectsV2(request))
            .contents()
            .isEmpty());
  }
}
