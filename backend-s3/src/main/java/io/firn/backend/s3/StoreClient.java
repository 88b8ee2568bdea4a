package io.firn.backend.s3;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/// The SDK's client, made when it is first needed: making it takes longer than most commands.
/// Thread-safe.
final class StoreClient implements AutoCloseable {
  private final S3Settings settings;
  private final S3Access access;
  private final S3Errors errors;
  private @Nullable S3Client client;

  StoreClient(S3Settings settings, S3Access access, S3Errors errors) {
    this.settings = settings;
    this.access = access;
    this.errors = errors;
  }

  /// One request, in the SDK's words.
  interface Request<T> {
    T send(S3Client s3) throws IOException;
  }

  /// Sends it and translates what goes wrong; `object` is what it is about.
  <T> T send(String object, Request<T> request) throws IOException {
    try {
      return request.send(client());
    } catch (SdkException e) {
      throw errors.of(e, object);
    }
  }

  private synchronized S3Client client() throws IOException {
    S3Client made = client;
    if (made == null) {
      made = make();
      client = made;
    }
    return made;
  }

  /// Retries are [S3Retry]'s; checksums are set on each upload, which knows them already; `Expect:
  /// 100-continue` would cost a round trip an upload.
  private S3Client make() throws IOException {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(Credentials.provider(access))
            .httpClient(TrustingHttp.client(access))
            .forcePathStyle(settings.pathStyle())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .serviceConfiguration(s ->
                s.chunkedEncodingEnabled(settings.chunkedEncoding()).expectContinueEnabled(false));
    Optional<URI> endpoint = settings.endpoint();
    if (endpoint.isPresent()) {
      builder.endpointOverride(endpoint.get());
    }
    return builder.build();
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
      client = null;
    }
  }
}
