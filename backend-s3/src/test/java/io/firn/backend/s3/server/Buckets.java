package io.firn.backend.s3.server;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// An admin's own client for a test server. Stateless.
public final class Buckets {
  private Buckets() {}

  public static S3Client admin(TestServer server) {
    return client(server.endpoint(), server.accessKey(), server.secretKey());
  }

  /// Makes a bucket, with object lock (and so versions) or without.
  public static void make(TestServer server, String name, boolean objectLock) {
    try (S3Client s3 = admin(server)) {
      s3.createBucket(r -> r.bucket(name).objectLockEnabledForBucket(objectLock));
    }
  }

  private static S3Client client(URI endpoint, String access, String secret) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .httpClient(UrlConnectionHttpClient.create())
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(access, secret)))
        .serviceConfiguration(s -> s.chunkedEncodingEnabled(false))
        .build();
  }
}
