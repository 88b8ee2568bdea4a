package io.firn.backend.s3;

import io.firn.repository.backend.PermanentBackendException;
import io.firn.repository.backend.PermanentBackendException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.ProfileFile;

/// Where credentials come from. They are in no setting, message or `toString` of ours. Stateless.
final class Credentials {
  private Credentials() {}

  static AwsCredentialsProvider provider(S3Access access) throws IOException {
    if (access.credentialsFile().isEmpty()) {
      return access.caFile().isPresent() && (WebIdentity.isSetUp() || ProfileRole.isSetUp())
          ? trustingChain(access)
          : DefaultCredentialsProvider.builder().build();
    }
    Path file = access.credentialsFile().get();
    if (!Files.isReadable(file)) {
      throw unusable(file, "it cannot be read", new IOException("not readable"));
    }
    try {
      ProfileFile profiles =
          ProfileFile.builder().content(file).type(ProfileFile.Type.CREDENTIALS).build();
      ProfileCredentialsProvider provider =
          ProfileCredentialsProvider.builder().profileFile(profiles).profileName("default").build();
      provider.resolveCredentials();
      return provider;
    } catch (SdkException | IllegalArgumentException | IllegalStateException e) {
      // Not its message: a parser may quote the line that it did not understand.
      throw unusable(file, "it has no profile 'default' with a key and a secret", null);
    }
  }

  /// AWS's own chain, link by link, with others for those that ask a token service.
  private static AwsCredentialsProvider trustingChain(S3Access access) throws IOException {
    return AwsCredentialsProviderChain.of(
        SystemPropertyCredentialsProvider.create(),
        EnvironmentVariableCredentialsProvider.create(),
        WebIdentity.provider(access),
        ProfileRole.provider(access),
        ContainerCredentialsProvider.create(),
        InstanceProfileCredentialsProvider.create());
  }

  /// What `access` finds now, as a credentials file: `[default]`, key, secret and session token.
  static byte[] asFile(S3Access access) throws IOException {
    AwsCredentials found;
    try {
      found = provider(access).resolveCredentials();
    } catch (SdkException nothing) {
      throw AbsentCredentials.find(access).refusal("movers");
    }
    StringBuilder text = new StringBuilder("[default]\n");
    text.append("aws_access_key_id = ").append(found.accessKeyId()).append('\n');
    text.append("aws_secret_access_key = ").append(found.secretAccessKey()).append('\n');
    if (found instanceof AwsSessionCredentials session) {
      text.append("aws_session_token = ").append(session.sessionToken()).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static PermanentBackendException unusable(
      Path file, String why, @org.jspecify.annotations.Nullable Throwable cause) {
    return new PermanentBackendException(
        Reason.ACCESS_REFUSED,
        "the S3 credentials file "
            + file
            + " cannot be used: "
            + why
            + ". It looks like ~/.aws/credentials: [default], aws_access_key_id,"
            + " aws_secret_access_key",
        cause == null ? new IOException(why) : cause);
  }
}
