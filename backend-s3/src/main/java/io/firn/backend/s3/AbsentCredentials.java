package io.firn.backend.s3;

import io.firn.repository.backend.PermanentBackendException;
import io.firn.repository.backend.PermanentBackendException.Reason;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkException;

/// Why AWS's chain found no credentials, and what to do. The chain tells of all its links in one
/// line of a thousand characters; whoever has set one of them up wants to know about that one, so
/// it is asked once more by itself.
///
/// `passing`: nobody has refused; the one who gives credentials did not answer.
record AbsentCredentials(String why, String next, boolean passing) {
  private static final AbsentCredentials NOTHING_SET_UP =
      new AbsentCredentials(
          "nothing is set up that gives any",
          "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, give --s3-credentials-file, or let"
              + " movers use a role: --mover-service-account",
          false);

  /// What stands in the way now.
  static AbsentCredentials find(S3Access access) {
    if (WebIdentity.isSetUp()) {
      return webIdentity(access);
    }
    if (isSet(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI)
        || isSet(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI)) {
      return of(
          "the container's endpoint for credentials gave none: ",
          failure(ContainerCredentialsProvider.create()),
          "Check AWS_CONTAINER_CREDENTIALS_FULL_URI and the role that is bound to this pod");
    }
    return ProfileRole.isSetUp() ? profileRole(access) : NOTHING_SET_UP;
  }

  private static AbsentCredentials profileRole(S3Access access) {
    String what = "the role of the profile '" + ProfileRole.used() + "' was not given: ";
    try {
      return of(
          what,
          failure(ProfileRole.provider(access)),
          "Check the profile in ~/.aws/config, what it takes the role on with, and the role's"
              + " trust policy");
    } catch (IOException e) {
      return new AbsentCredentials(what + e.getMessage(), "Check --s3-ca-file", false);
    }
  }

  private static AbsentCredentials webIdentity(S3Access access) {
    String what = "the web identity was not exchanged for a role: ";
    try {
      return of(
          what,
          failure(WebIdentity.provider(access)),
          "Check AWS_ROLE_ARN, AWS_WEB_IDENTITY_TOKEN_FILE, AWS_REGION and the role's trust"
              + " policy");
    } catch (IOException e) {
      return new AbsentCredentials(what + e.getMessage(), "Check --s3-ca-file", false);
    }
  }

  /// Empty where it gives some now, which it did not a moment ago.
  private static Optional<RuntimeException> failure(AwsCredentialsProvider provider) {
    try {
      provider.resolveCredentials();
      return Optional.empty();
    } catch (SdkException | IllegalStateException e) {
      return Optional.of(e);
    }
  }

  private static AbsentCredentials of(
      String what, Optional<RuntimeException> failure, String next) {
    Optional<TlsRefusal> untrusted = failure.flatMap(TlsRefusal::of);
    if (untrusted.isPresent()) {
      return new AbsentCredentials(
          what + "no trusted TLS connection to it: " + untrusted.get().why(),
          untrusted.get().next(),
          false);
    }
    String words = failure.map(AbsentCredentials::words).orElse("it did not answer in time");
    return new AbsentCredentials(
        what + words, next, failure.map(AbsentCredentials::mayPass).orElse(true));
  }

  private static boolean mayPass(RuntimeException e) {
    return e instanceof AwsServiceException answer
        ? answer.statusCode() >= 500
        : S3Errors.cause(e, SocketException.class).isPresent()
            || S3Errors.cause(e, SocketTimeoutException.class).isPresent();
  }

  /// Without the chain's own exception as the cause: its text says less in more words.
  IOException refusal(String place) {
    String text = "no credentials for " + place + ": " + why + ". " + next;
    IOException cause = new IOException(why);
    return passing
        ? TransientS3Exception.unanswered(text, cause)
        : new PermanentBackendException(Reason.ACCESS_REFUSED, text, cause);
  }

  private static boolean isSet(SdkSystemSetting setting) {
    return setting.getStringValue().filter(value -> !value.isBlank()).isPresent();
  }

  private static String words(RuntimeException e) {
    return e instanceof AwsServiceException answer
        ? S3Errors.code(answer) + said(answer).map(text -> ": " + text).orElse("")
        : S3Errors.words(e);
  }

  private static Optional<String> said(AwsServiceException e) {
    return Optional.ofNullable(e.awsErrorDetails()).map(AwsErrorDetails::errorMessage);
  }
}
