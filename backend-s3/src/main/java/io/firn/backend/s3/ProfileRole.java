package io.firn.backend.s3;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.profiles.ProfileProperty;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.auth.StsWebIdentityTokenFileCredentialsProvider;

/// The role that a profile of `~/.aws/config` names (`role_arn`), taken on with what another
/// profile or another link of the chain has. What is no such profile, or is written wrongly, is the
/// SDK's to read and to complain of. Used once.
final class ProfileRole {
  private final S3Access access;
  private final ProfileFile profiles;
  private final Set<String> passed = new HashSet<>();

  private ProfileRole(S3Access access, ProfileFile profiles) {
    this.access = access;
    this.profiles = profiles;
  }

  /// Whether the profile in use names a role.
  static boolean isSetUp() {
    return ProfileFile.defaultProfileFile().profile(used()).filter(ProfileRole::names).isPresent();
  }

  /// The name of the profile in use.
  static String used() {
    return ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow();
  }

  static AwsCredentialsProvider provider(S3Access access) throws IOException {
    ProfileFile profiles = ProfileFile.defaultProfileFile();
    Optional<Profile> profile = profiles.profile(used());
    return profile.isPresent()
        ? new ProfileRole(access, profiles).of(profile.get())
        : ProfileCredentialsProvider.create();
  }

  private static boolean names(Profile profile) {
    return profile.property(ProfileProperty.ROLE_ARN).isPresent();
  }

  private AwsCredentialsProvider of(Profile profile) throws IOException {
    if (names(profile) && passed.add(profile.name())) {
      Optional<String> token = profile.property(ProfileProperty.WEB_IDENTITY_TOKEN_FILE);
      if (token.isPresent()) {
        return exchanged(profile, Path.of(token.get()));
      }
      Optional<AwsCredentialsProvider> source = source(profile);
      if (source.isPresent()) {
        return assumed(profile, source.get());
      }
    }
    return ProfileCredentialsProvider.builder()
        .profileFile(profiles)
        .profileName(profile.name())
        .build();
  }

  /// Empty where the profile does not say in one way whose the role is.
  private Optional<AwsCredentialsProvider> source(Profile profile) throws IOException {
    Optional<String> source = profile.property(ProfileProperty.CREDENTIAL_SOURCE);
    Optional<Profile> other =
        profile.property(ProfileProperty.SOURCE_PROFILE).flatMap(profiles::profile);
    if (source.isPresent() == other.isPresent()) {
      return Optional.empty();
    }
    return other.isPresent() ? Optional.of(of(other.get())) : source.flatMap(ProfileRole::link);
  }

  private static Optional<AwsCredentialsProvider> link(String name) {
    return switch (name) {
      case "Environment" -> Optional.of(EnvironmentVariableCredentialsProvider.create());
      case "EcsContainer" -> Optional.of(ContainerCredentialsProvider.create());
      case "Ec2InstanceMetadata" -> Optional.of(InstanceProfileCredentialsProvider.create());
      default -> Optional.empty();
    };
  }

  private AwsCredentialsProvider exchanged(Profile profile, Path token) throws IOException {
    return StsWebIdentityTokenFileCredentialsProvider.builder()
        .stsClient(service(profile, AnonymousCredentialsProvider.create()))
        .roleArn(role(profile))
        .roleSessionName(session(profile))
        .webIdentityTokenFile(token)
        .build();
  }

  private AwsCredentialsProvider assumed(Profile profile, AwsCredentialsProvider source)
      throws IOException {
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(service(profile, source))
        .refreshRequest(request -> {
          request.roleArn(role(profile)).roleSessionName(session(profile));
          profile.property(ProfileProperty.EXTERNAL_ID).ifPresent(request::externalId);
        })
        .build();
  }

  private StsClient service(Profile profile, AwsCredentialsProvider who) throws IOException {
    return TokenService.client(
        access, profile.property(ProfileProperty.REGION).map(Region::of), who);
  }

  private static String role(Profile profile) {
    return profile.property(ProfileProperty.ROLE_ARN).orElseThrow();
  }

  private static String session(Profile profile) {
    return profile
        .property(ProfileProperty.ROLE_SESSION_NAME)
        .orElseGet(() -> "firn-" + UUID.randomUUID());
  }
}
