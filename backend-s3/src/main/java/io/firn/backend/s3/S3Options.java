package io.firn.backend.s3;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Reads the options of an `s3://` address (docs/s3.md) into [S3Settings]. Throws
/// [IllegalArgumentException] that names the option and what it may be.
public final class S3Options {
  public static final String ENDPOINT = "endpoint";
  public static final String REGION = "region";
  public static final String PATH_STYLE = "path-style";
  public static final String CHUNKED_ENCODING = "chunked-encoding";
  public static final String CHECKSUMS = "checksums";
  public static final String CONDITIONAL_CREATE = "conditional-create";
  public static final String BANDWIDTH = "bandwidth";
  public static final String OBJECT_LOCK = "object-lock";
  public static final String RETRIES = "retries";

  private static final List<String> NAMES =
      List.of(
          ENDPOINT,
          REGION,
          PATH_STYLE,
          CHUNKED_ENCODING,
          CHECKSUMS,
          CONDITIONAL_CREATE,
          BANDWIDTH,
          OBJECT_LOCK,
          RETRIES);

  private final Map<String, String> options;
  private final UnaryOperator<String> environment;

  private S3Options(Map<String, String> options, UnaryOperator<String> environment) {
    this.options = options;
    this.environment = environment;
  }

  /// `environment` answers with "" for what is not set; `AWS_REGION` counts where the address names
  /// no region.
  public static S3Settings read(
      String bucket,
      String prefix,
      Map<String, String> options,
      UnaryOperator<String> environment) {
    for (String name : options.keySet()) {
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException(
            "there is no option '" + name + "': there are " + String.join(", ", NAMES));
      }
    }
    return new S3Options(options, environment).settings(bucket, prefix);
  }

  private S3Settings settings(String bucket, String prefix) {
    S3Settings standard = S3Settings.of(bucket, prefix);
    Optional<URI> endpoint = value(ENDPOINT).map(S3Options::endpoint);
    return new S3Settings(
        bucket,
        prefix,
        endpoint,
        value(REGION)
            .or(() -> set("AWS_REGION"))
            .or(() -> set("AWS_DEFAULT_REGION"))
            .orElse(standard.region()),
        flag(PATH_STYLE, endpoint.isPresent() || standard.pathStyle()),
        flag(CHUNKED_ENCODING, standard.chunkedEncoding()),
        choice(CHECKSUMS, Checksums.class, standard.checksums()),
        choice(CONDITIONAL_CREATE, ConditionalCreate.class, standard.conditionalCreate()),
        value(BANDWIDTH).map(S3Options::bytes).orElse(0L),
        value(OBJECT_LOCK).map(LockRule::parse),
        value(RETRIES).map(S3Options::retries).orElse(RetryBudget.DEFAULT));
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(options.get(name)).filter(text -> !text.isBlank());
  }

  private Optional<String> set(String variable) {
    return Optional.of(environment.apply(variable)).filter(text -> !text.isBlank());
  }

  private boolean flag(String name, boolean otherwise) {
    return value(name)
        .map(text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw unusable(name, text, "true or false");
            })
        .orElse(otherwise);
  }

  private <E extends Enum<E>> E choice(String name, Class<E> type, E otherwise) {
    return value(name).map(text -> constant(name, type, text)).orElse(otherwise);
  }

  private static <E extends Enum<E>> E constant(String name, Class<E> type, String text) {
    for (E constant : type.getEnumConstants()) {
      if (word(constant).equals(text)) {
        return constant;
      }
    }
    List<String> words =
        java.util.Arrays.stream(type.getEnumConstants()).map(S3Options::word).toList();
    throw unusable(name, text, String.join(", ", words));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static URI endpoint(String text) {
    URI uri = URI.create(text);
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null || uri.getUserInfo() != null) {
      throw unusable(ENDPOINT, text, "http://host[:port] or https://host[:port]");
    }
    return uri;
  }

  private static RetryBudget retries(String text) {
    if (!text.matches("\\d{1,3}")) {
      throw unusable(RETRIES, text, "a number from 0 to 999");
    }
    RetryBudget standard = RetryBudget.DEFAULT;
    return new RetryBudget(
        Integer.parseInt(text) + 1,
        standard.tokens(),
        standard.firstPause(),
        standard.longestPause());
  }

  /// `50M`: bytes per second, with K, M or G for powers of 1024.
  private static long bytes(String text) {
    if (!text.matches("\\d{1,12}[KMG]?")) {
      throw unusable(BANDWIDTH, text, "bytes per second, such as 50M");
    }
    int last = text.length() - 1;
    int shift = 10 * ("KMG".indexOf(text.charAt(last)) + 1);
    return Long.parseLong(shift == 0 ? text : text.substring(0, last)) << shift;
  }

  private static IllegalArgumentException unusable(String name, String text, String may) {
    return new IllegalArgumentException(
        "option " + name + "=" + text + " cannot be: it may be " + may);
  }
}
