package io.firn.backend.s3;

import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.InvalidIdentityTokenException;

/// Clients of the service that gives roles out. The SDK's own links of the chain make theirs
/// themselves, which know the system's authorities only; a private cloud's token service has the
/// same authority as its store. Stateless.
final class TokenService {
  private TokenService() {}

  /// `who` asks. A token that is too new for the service is offered again, as the SDK does.
  static StsClient client(S3Access access, Optional<Region> region, AwsCredentialsProvider who)
      throws IOException {
    return StsClient.builder()
        .region(region.orElseGet(TokenService::region))
        .credentialsProvider(who)
        .httpClient(TrustingHttp.client(access))
        .overrideConfiguration(o ->
            o.retryStrategy(
                retry -> retry.retryOnExceptionInstanceOf(InvalidIdentityTokenException.class)))
        .build();
  }

  private static Region region() {
    try {
      return new DefaultAwsRegionProviderChain().getRegion();
    } catch (SdkClientException _) {
      // None is set: the service that is the same for all regions.
      return Region.AWS_GLOBAL;
    }
  }
}
