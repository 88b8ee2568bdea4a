package io.firn.point;

import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A vault's address: `file:/path` (a plain path is one), `nfs://server/path`,
/// `pvc://namespace/claim[/path]`, `s3://bucket[/prefix][?option=value&…]`.
public sealed interface VaultLocation {
  /// The address as users write it; [#parse] reads it back.
  String url();

  /// A folder on this machine, an absolute path; movers see it as a hostPath volume.
  record Folder(String path) implements VaultLocation {
    @Override
    public String url() {
      return "file:" + path;
    }
  }

  /// An NFS share; `path` begins with a slash.
  record NfsShare(String server, String path) implements VaultLocation {
    @Override
    public String url() {
      return "nfs://" + server + path;
    }
  }

  /// A folder in a volume claim; `path` is "" for its root, else without leading slash. Movers can
  /// mount it only in the claim's own namespace.
  record Claim(String namespace, String claim, String path) implements VaultLocation {
    @Override
    public String url() {
      return "pvc://" + namespace + "/" + claim + (path.isEmpty() ? "" : "/" + path);
    }
  }

  /// A place in a bucket; `prefix` is "" or has no slash at either end. The options are those of
  /// docs/s3.md, in the order in which they were written; credentials are never among them.
  record Bucket(String bucket, String prefix, SequencedMap<String, String> options)
      implements VaultLocation {
    public static final String OBJECT_LOCK = "object-lock";

    public Bucket {
      options = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(options));
    }

    @Override
    public String url() {
      return "s3://"
          + bucket
          + (prefix.isEmpty() ? "" : "/" + prefix)
          + BucketAddress.query(options);
    }

    /// The rule by which new files are protected, if any.
    public Optional<String> objectLock() {
      return Optional.ofNullable(options.get(OBJECT_LOCK));
    }

    public Bucket withObjectLock(String rule) {
      SequencedMap<String, String> changed = new LinkedHashMap<>(options);
      changed.put(OBJECT_LOCK, rule);
      return new Bucket(bucket, prefix, changed);
    }
  }

  /// Reads an address; a relative path is taken from the working folder. `USAGE` where it is none.
  static VaultLocation parse(String text) {
    if (text.startsWith("nfs://")) {
      return nfs(text, text.substring("nfs://".length()));
    }
    if (text.startsWith("pvc://")) {
      return claim(text, text.substring("pvc://".length()));
    }
    if (text.startsWith("s3://")) {
      return BucketAddress.parse(text, text.substring("s3://".length()));
    }
    if (text.startsWith("file:")) {
      String path = text.substring("file:".length());
      return folder(text, path.startsWith("//") ? path.substring(2) : path);
    }
    if (text.contains("://")) {
      throw unusable(text, "its scheme is not known");
    }
    return folder(text, text);
  }

  private static VaultLocation folder(String text, String path) {
    if (path.isBlank()) {
      throw unusable(text, "it names no folder");
    }
    return new Folder(Path.of(path).toAbsolutePath().normalize().toString());
  }

  private static VaultLocation nfs(String text, String rest) {
    int slash = rest.indexOf('/');
    if (slash <= 0 || slash == rest.length() - 1) {
      throw unusable(text, "an NFS vault is nfs://server/path");
    }
    return new NfsShare(rest.substring(0, slash), rest.substring(slash));
  }

  private static VaultLocation claim(String text, String rest) {
    String[] parts = rest.split("/", 3);
    if (parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
      throw unusable(text, "a claim vault is pvc://namespace/claim[/path]");
    }
    return new Claim(parts[0], parts[1], parts.length == 3 ? parts[2] : "");
  }

  /// What must not be repeated is left out of the summary.
  static FirnException refused(String summary, String guidance) {
    return new FirnException(new Failure(FailureCode.USAGE, summary, guidance, Map.of(), false));
  }

  static FirnException unusable(String text, String why) {
    return new FirnException(
        new Failure(
            FailureCode.USAGE,
            "'" + text + "' is not a vault address: " + why,
            "Give a folder, file:/path, nfs://server/path, pvc://namespace/claim or s3://bucket/prefix.",
            Map.of("vault", text),
            false));
  }
}
