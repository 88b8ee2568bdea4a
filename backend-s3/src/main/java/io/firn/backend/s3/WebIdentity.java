package io.firn.backend.s3;

import java.io.IOException;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsWebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.services.sts.model.InvalidIdentityTokenException;

/// The exchange of a pod's token for a role. The SDK's own link of the chain makes its client
/// itself, which knows the system's authorities only; a private cloud's token service has the same
/// authority as its store. Stateless.
final class WebIdentity {
  private WebIdentity() {}

  static boolean isSetUp() {
    return SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE
        .getStringValue()
        .filter(value -> !value.isBlank())
        .isPresent();
  }

  /// A token that is too new for the service is offered again, as the SDK does.
  static AwsCredentialsProvider provider(S3Access access) throws IOException {
    StsClient service =
        StsClient.builder()
            .region(region())
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClient(TrustingHttp.client(access))
            .overrideConfiguration(o ->
                o.retryStrategy(
                    retry -> retry.retryOnExceptionInstanceOf(InvalidIdentityTokenException.class)))
            .build();
    return StsWebIdentityTokenFileCredentialsProvider.builder().stsClient(service).build();
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
