package io.firn.backend.s3;

import io.firn.repository.backend.PermanentBackendException;
import io.firn.repository.backend.PermanentBackendException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;

/// What the SDK and the server say, in the words of [io.firn.repository.backend.Backend]: absence,
/// existence, what may pass ([TransientS3Exception]) and what will not
/// ([PermanentBackendException]), each with object, cause and next step. Codes as in AWS's list of
/// S3 error responses; other stores use a part of them, and sometimes only the status.
final class S3Errors {
  private final S3Settings settings;
  private final S3Access access;

  S3Errors(S3Settings settings, S3Access access) {
    this.settings = settings;
    this.access = access;
  }

  /// `object` is what it was about: a file's name, or the bucket.
  IOException of(SdkException e, String object) {
    if (e instanceof AwsServiceException answer) {
      return answered(answer, object);
    }
    if (e instanceof AbortedException || Thread.currentThread().isInterrupted()) {
      InterruptedIOException interrupted = new InterruptedIOException("interrupted");
      interrupted.initCause(e);
      return interrupted;
    }
    return unanswered(e);
  }

  private IOException answered(AwsServiceException e, String object) {
    String code = code(e);
    return switch (code) {
      case "NoSuchKey", "NoSuchVersion" -> absent(object, e);
      case "NoSuchBucket" ->
          permanent(
              Reason.PLACE_ABSENT,
              "there is no bucket '" + settings.bucket() + "' at " + settings.server(),
              "Check its name and endpoint, or create it",
              e);
      case "PreconditionFailed" -> new FileAlreadyExistsException(object);
      case "InvalidRange" -> new EOFException(object + " is shorter than it should be");
      case "ExpiredToken", "TokenRefreshRequired", "ExpiredTokenException", "RequestExpired" ->
          permanent(
              Reason.ACCESS_REFUSED,
              "the session token of the credentials has expired (" + code + ")",
              "Get new credentials and run it again",
              e);
      case "RequestTimeTooSkewed" -> skewed(e);
      case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "InvalidSecurity" ->
          permanent(
              Reason.ACCESS_REFUSED,
              settings.server() + " does not accept the credentials (" + code + ")",
              "Check access key and secret, and that they are of this store",
              e);
      case "PermanentRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException" ->
          wrongRegion(e, code);
      case "QuotaExceeded", "XMinioStorageFull", "InsufficientStorage", "EntityTooLarge" ->
          permanent(
              Reason.NO_SPACE,
              "the store takes no more (" + code + ")",
              "Free space or raise the quota",
              e);
      case "SlowDown",
          "SlowDownWrite",
          "SlowDownRead",
          "InternalError",
          "ServiceUnavailable",
          "RequestTimeout",
          "RequestLimitExceeded",
          "Throttling",
          "ThrottlingException",
          "TooManyRequests",
          "OperationAborted",
          "ConditionalRequestConflict",
          "IncompleteBody",
          "BadDigest",
          "XAmzContentSHA256Mismatch",
          "XAmzContentChecksumMismatch" ->
          passing(e, code);
      default -> byStatus(e, code, object);
    };
  }

  private IOException byStatus(AwsServiceException e, String code, String object) {
    int status = e.statusCode();
    String said = status + (code.isEmpty() ? "" : " " + code) + message(e);
    return switch (status) {
      case 404 -> absent(object, e);
      case 412 -> new FileAlreadyExistsException(object);
      case 416 -> new EOFException(object + " is shorter than it should be");
      case 401, 403 ->
          permanent(
              Reason.ACCESS_REFUSED,
              "these credentials may not touch "
                  + object
                  + " in bucket "
                  + settings.bucket()
                  + " ("
                  + said
                  + ")",
              "Allow it in the bucket's policy, or use other credentials",
              e);
      case 301 -> wrongRegion(e, said);
      case 408, 409, 425, 429 -> passing(e, said);
      case 507 ->
          permanent(
              Reason.NO_SPACE,
              "the store is full (" + said + ")",
              "Free space or raise the quota",
              e);
      case 501, 505 ->
          permanent(
              Reason.MISCONFIGURED,
              settings.server() + " cannot do what was asked for " + object + " (" + said + ")",
              "See the options for older stores in docs/s3.md",
              e);
      default ->
          status >= 500 || status == 307
              ? passing(e, said)
              : permanent(
                  Reason.MISCONFIGURED,
                  settings.server() + " refused a request for " + object + " (" + said + ")",
                  "See the options for older stores in docs/s3.md",
                  e);
    };
  }

  /// Nobody answered, or not as a store does.
  private IOException unanswered(SdkException e) {
    Optional<TlsRefusal> tls = TlsRefusal.of(e);
    String text = String.valueOf(e.getMessage());
    if (tls.isPresent()) {
      return permanent(
          Reason.MISCONFIGURED,
          "no trusted TLS connection to " + settings.server() + ": " + tls.get().why(),
          tls.get().next(),
          e);
    }
    if (text.contains("credentials") && cause(e, IOException.class).isEmpty()) {
      return AbsentCredentials.find(access).refusal(settings.url());
    }
    String why =
        cause(e, UnknownHostException.class).isPresent()
            ? "its name is not known"
            : cause(e, IOException.class).map(S3Errors::words).orElse(text);
    return TransientS3Exception.unanswered("no answer from " + settings.server() + ": " + why, e);
  }

  private IOException skewed(AwsServiceException e) {
    String server = header(e, "Date").map(date -> "; the server's clock says " + date).orElse("");
    return permanent(
        Reason.MISCONFIGURED,
        "the clock of this machine is too far from the server's (RequestTimeTooSkewed)" + server,
        "Set the clock right",
        e);
  }

  private IOException wrongRegion(AwsServiceException e, String said) {
    String hint =
        header(e, "x-amz-bucket-region")
            .map(region -> "Add region=" + region + " to the vault's address")
            .orElse("Check endpoint= and region= in the vault's address");
    return permanent(
        Reason.MISCONFIGURED,
        "bucket "
            + settings.bucket()
            + " is not served by "
            + settings.server()
            + " in region "
            + settings.region()
            + " ("
            + said
            + ")",
        hint,
        e);
  }

  private TransientS3Exception passing(AwsServiceException e, String said) {
    Duration after =
        header(e, "Retry-After")
            .filter(text -> text.matches("\\d{1,5}"))
            .map(text -> Duration.ofSeconds(Long.parseLong(text)))
            .orElse(Duration.ZERO);
    return new TransientS3Exception(settings.server() + " answered " + said, after, e);
  }

  private static IOException absent(String object, AwsServiceException e) {
    NoSuchFileException absent = new NoSuchFileException(object);
    absent.initCause(e);
    return absent;
  }

  private static PermanentBackendException permanent(
      Reason reason, String what, String next, SdkException e) {
    return new PermanentBackendException(reason, what + ". " + next, e);
  }

  static String code(AwsServiceException e) {
    return Optional.ofNullable(e.awsErrorDetails())
        .map(AwsErrorDetails::errorCode)
        .filter(code -> !code.matches("\\d+"))
        .orElse("");
  }

  private static String message(AwsServiceException e) {
    return Optional.ofNullable(e.awsErrorDetails())
        .map(AwsErrorDetails::errorMessage)
        .filter(text -> !text.isBlank())
        .map(text -> ": " + text.strip().replaceFirst("\\.$", ""))
        .orElse("");
  }

  private static Optional<String> header(AwsServiceException e, String name) {
    return Optional.ofNullable(e.awsErrorDetails())
        .map(AwsErrorDetails::sdkHttpResponse)
        .flatMap((SdkHttpResponse response) -> response.firstMatchingHeader(name));
  }

  /// What a failure says, or what it is.
  static String words(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /// The failure itself or the first of its causes that is such a one.
  static Optional<Throwable> cause(Throwable e, Class<? extends Throwable> type) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }
}
