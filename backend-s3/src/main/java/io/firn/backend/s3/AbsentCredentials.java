package io.firn.backend.s3;

import io.firn.repository.backend.PermanentBackendException;
import io.firn.repository.backend.PermanentBackendException.Reason;
import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkException;

/// Why AWS's chain found no credentials, and what to do. The chain tells of all its links in one
/// line of a thousand characters; whoever has set one of them up wants to know about that one, so
/// it is asked once more by itself.
record AbsentCredentials(String why, String next) {
  private static final AbsentCredentials NOTHING_SET_UP =
      new AbsentCredentials(
          "nothing is set up that gives any",
          "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, give --s3-credentials-file, or let"
              + " movers use a role: --mover-service-account");

  /// What stands in the way now.
  static AbsentCredentials find() {
    if (isSet(SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE)) {
      return new AbsentCredentials(
          "the web identity was not exchanged for a role: " + words(webIdentity()),
          "Check AWS_ROLE_ARN, AWS_WEB_IDENTITY_TOKEN_FILE, AWS_REGION and the role's trust"
              + " policy");
    }
    if (isSet(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI)
        || isSet(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI)) {
      return new AbsentCredentials(
          "the container's endpoint for credentials gave none: " + words(container()),
          "Check AWS_CONTAINER_CREDENTIALS_FULL_URI and the role that is bound to this pod");
    }
    return NOTHING_SET_UP;
  }

  /// Without the chain's own exception as the cause: its text says less in more words.
  PermanentBackendException refusal(String place) {
    return new PermanentBackendException(
        Reason.ACCESS_REFUSED,
        "no credentials for " + place + ": " + why + ". " + next,
        new IOException(why));
  }

  private static boolean isSet(SdkSystemSetting setting) {
    return setting.getStringValue().filter(value -> !value.isBlank()).isPresent();
  }

  private static AwsCredentialsProvider webIdentity() {
    return WebIdentityTokenFileCredentialsProvider.create();
  }

  private static AwsCredentialsProvider container() {
    return ContainerCredentialsProvider.create();
  }

  private static String words(AwsCredentialsProvider provider) {
    try {
      provider.resolveCredentials();
      return "it did not answer in time";
    } catch (AwsServiceException e) {
      return S3Errors.code(e) + said(e).map(text -> ": " + text).orElse("");
    } catch (SdkException | IllegalStateException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static Optional<String> said(AwsServiceException e) {
    return Optional.ofNullable(e.awsErrorDetails()).map(AwsErrorDetails::errorMessage);
  }
}
