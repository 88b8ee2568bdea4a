package io.firn.backend.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/// Lists objects page by page; each page is tried again by itself. Thread-safe.
record Listing(StoreClient client, S3Retry retry, String bucket) {

  /// What is done with each page.
  interface Page {
    void accept(ListObjectsV2Response page);
  }

  /// All keys below a prefix; with a delimiter, those directly below it and the folders.
  void pages(String prefix, Optional<String> delimiter, Page each) throws IOException {
    Optional<String> token = Optional.empty();
    List<String> seen = new ArrayList<>();
    do {
      ListObjectsV2Request.Builder request =
          ListObjectsV2Request.builder().bucket(bucket).prefix(prefix);
      delimiter.ifPresent(request::delimiter);
      token.ifPresent(request::continuationToken);
      ListObjectsV2Response page =
          retry.call(
              _ -> client.send("the list of " + prefix, s3 -> s3.listObjectsV2(request.build())));
      each.accept(page);
      token = next(page, seen);
    } while (token.isPresent());
  }

  /// A page that says that there is more and not where would cut the list short in silence.
  private static Optional<String> next(ListObjectsV2Response page, List<String> seen)
      throws IOException {
    if (!Boolean.TRUE.equals(page.isTruncated())) {
      return Optional.empty();
    }
    String token = page.nextContinuationToken();
    if (token == null || seen.contains(token)) {
      throw new IOException("the store's list goes on, but it does not say where");
    }
    seen.add(token);
    return Optional.of(token);
  }
}
