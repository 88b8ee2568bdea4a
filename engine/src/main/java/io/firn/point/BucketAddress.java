package io.firn.point;

import io.firn.failure.FirnException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// The text of an `s3://bucket/prefix?option=value&…` address. What the options mean is the storage
/// backend's business; what must not stand there, credentials, is ours. Stateless.
final class BucketAddress {
  private BucketAddress() {}

  static VaultLocation.Bucket parse(String text, String rest) {
    int question = rest.indexOf('?');
    String place = question < 0 ? rest : rest.substring(0, question);
    if (place.contains("@")) {
      throw credentials();
    }
    int slash = place.indexOf('/');
    String bucket = slash < 0 ? place : place.substring(0, slash);
    String prefix = slash < 0 ? "" : place.substring(slash + 1).replaceAll("/+$", "");
    if (!bucket.matches("[A-Za-z0-9][A-Za-z0-9._-]{1,62}")) {
      throw VaultLocation.unusable(text, "a bucket vault is s3://bucket[/prefix][?option=value&…]");
    }
    if (prefix.startsWith("/") || prefix.contains("//")) {
      throw VaultLocation.unusable(text, "a prefix has no empty parts");
    }
    return new VaultLocation.Bucket(
        bucket, prefix, options(text, question < 0 ? "" : rest.substring(question + 1)));
  }

  /// The options as text that [#parse] reads; "" where there are none.
  static String query(SequencedMap<String, String> options) {
    return options.isEmpty()
        ? ""
        : options.entrySet().stream()
            .map(option -> option.getKey() + "=" + encoded(option.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }

  private static SequencedMap<String, String> options(String text, String query) {
    SequencedMap<String, String> options = new LinkedHashMap<>();
    for (String option : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int at = option.indexOf('=');
      String name = at < 0 ? option : option.substring(0, at);
      if (name.matches("(?i).*(secret|password|token|access.?key|credential).*")) {
        throw credentials();
      }
      if (at <= 0) {
        throw VaultLocation.unusable(text, "'" + option + "' is not option=value");
      }
      String value = URLDecoder.decode(option.substring(at + 1), StandardCharsets.UTF_8);
      if (value.matches("[a-z]+://[^/]*@.*")) {
        throw credentials();
      }
      if (options.put(name, value) != null) {
        throw VaultLocation.unusable(text, "option '" + name + "' is given twice");
      }
    }
    return options;
  }

  private static String encoded(String value) {
    return value
        .replace("%", "%25")
        .replace("&", "%26")
        .replace("+", "%2B")
        .replace("#", "%23")
        .replace(" ", "%20");
  }

  /// Does not repeat the text: it would end up in logs.
  private static FirnException credentials() {
    return VaultLocation.refused(
        "An s3:// address must not hold credentials",
        "Take them out of the address (and change them: they are in your shell's history). Set"
            + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give --s3-credentials-file.");
  }
}
