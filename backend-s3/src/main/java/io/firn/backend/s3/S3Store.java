package io.firn.backend.s3;

import io.firn.repository.backend.Backend;
import io.firn.repository.backend.Pause;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// A place in a bucket where repositories rest side by side. Connects when it is first used.
///
/// Thread-safe. Errors are those of [Backend].
public final class S3Store implements AutoCloseable {
  private final StoreContext context;
  private final S3Access access;

  public S3Store(S3Settings settings, S3Access access) {
    this(settings, access, Thread::sleep, InstantSource.system());
  }

  /// With a time of the caller's own.
  public S3Store(S3Settings settings, S3Access access, Pause pause, InstantSource clock) {
    S3Errors errors = new S3Errors(settings, access);
    this.access = access;
    this.context =
        new StoreContext(
            settings,
            new StoreClient(settings, access, errors),
            new S3Retry(settings.retries(), pause, RandomGenerator.getDefault()),
            new Bandwidth(settings.bytesPerSecond(), System::nanoTime, pause),
            new Bandwidth(settings.bytesPerSecond(), System::nanoTime, pause),
            clock);
  }

  public S3Settings settings() {
    return context.settings();
  }

  /// Whether anything is at this place.
  public boolean exists() throws IOException {
    return context.anything(folderPrefix());
  }

  /// The names of the folders directly below, sorted.
  public List<String> folders() throws IOException {
    String base = folderPrefix();
    TreeSet<String> names = new TreeSet<>();
    context
        .listing()
        .pages(
            base,
            Optional.of("/"),
            page ->
                page.commonPrefixes()
                    .forEach(folder ->
                        names.add(
                            folder
                                .prefix()
                                .substring(base.length(), folder.prefix().length() - 1))));
    return List.copyOf(names);
  }

  /// The repository in one folder; "" for the place itself.
  public Backend backend(String folder) {
    return new S3Backend(context, ObjectKeys.below(context.settings().prefix(), folder));
  }

  /// What the bucket enforces.
  public BucketProtection protection() throws IOException {
    return new ProtectionQuery(context).ask();
  }

  /// The credentials that are in use, as a file that [S3Access] reads: for a process elsewhere. The
  /// caller keeps it secret.
  public byte[] credentials() throws IOException {
    return Credentials.asFile(access);
  }

  @Override
  public void close() {
    context.client().close();
  }

  private String folderPrefix() {
    String prefix = context.settings().prefix();
    return prefix.isEmpty() ? "" : prefix + "/";
  }
}
