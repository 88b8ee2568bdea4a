package io.firn.backend.s3;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// Answers that are errors by their status and facts by their meaning. Stateless.
final class S3Answers {
  private static final Set<String> NO_LOCK =
      Set.of(
          "NoSuchObjectLockConfiguration",
          "ObjectLockConfigurationNotFoundError",
          "InvalidRequest",
          "NotImplemented",
          "ServerSideEncryptionConfigurationNotFoundError");

  private S3Answers() {}

  /// "There is no lock on this", in any of the ways in which stores say it.
  static boolean saysNoLock(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof AwsServiceException answer) {
        return NO_LOCK.contains(S3Errors.code(answer));
      }
    }
    return false;
  }
}
