package io.firn.backend.s3;

import java.nio.file.Path;
import java.util.Optional;

/// What is needed to reach a store besides its address: a file in the format of
/// `~/.aws/credentials` (its profile `default`; without it, AWS's own chain: environment, shared
/// files, web identity, container, instance) and certificates that are trusted besides the system's
/// (PEM).
public record S3Access(Optional<Path> credentialsFile, Optional<Path> caFile) {
  public static final S3Access STANDARD = new S3Access(Optional.empty(), Optional.empty());
}
