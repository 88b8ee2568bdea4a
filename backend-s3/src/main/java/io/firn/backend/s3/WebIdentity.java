package io.firn.backend.s3;

import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsWebIdentityTokenFileCredentialsProvider;

/// The exchange of a pod's token for a role. Stateless.
final class WebIdentity {
  private WebIdentity() {}

  static boolean isSetUp() {
    return SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE
        .getStringValue()
        .filter(value -> !value.isBlank())
        .isPresent();
  }

  static AwsCredentialsProvider provider(S3Access access) throws IOException {
    StsClient service =
        TokenService.client(access, Optional.empty(), AnonymousCredentialsProvider.create());
    return StsWebIdentityTokenFileCredentialsProvider.builder().stsClient(service).build();
  }
}
