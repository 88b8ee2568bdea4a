package io.firn.backend.s3;

import java.io.IOException;
import java.time.Duration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/// Connections to the store and to those who give credentials for it, which trust the same
/// authorities. Stateless.
final class TrustingHttp {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(60);

  private TrustingHttp() {}

  static SdkHttpClient client(S3Access access) throws IOException {
    UrlConnectionHttpClient.Builder http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECT_TIMEOUT)
            .socketTimeout(SILENCE_TIMEOUT);
    if (access.caFile().isPresent()) {
      TrustedAuthorities trusted = TrustedAuthorities.read(access.caFile().get());
      http.tlsTrustManagersProvider(trusted::managers);
    }
    return http.build();
  }
}
