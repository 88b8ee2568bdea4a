package io.firn.backend.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3OptionsTest {
  @Test
  void nothing_isAws() {
    S3Settings settings = S3Options.read("vms", "prod", Map.of(), _ -> "");
    assertThat(settings).isEqualTo(S3Settings.of("vms", "prod"));
    assertThat(settings.pathStyle()).isFalse();
    assertThat(settings.url()).isEqualTo("s3://vms/prod");
  }

  @Test
  void region_comesFromTheAddress_elseFromTheEnvironment() {
    assertThat(S3Options.read("b", "", Map.of(), name -> name.equals("AWS_REGION") ? "eu-1" : ""))
        .extracting(S3Settings::region)
        .isEqualTo("eu-1");
    assertThat(S3Options.read("b", "", Map.of("region", "eu-2"), _ -> "eu-1"))
        .extracting(S3Settings::region)
        .isEqualTo("eu-2");
  }

  @Test
  void endpoint_meansPathStyle_unlessToldOtherwise() {
    Map<String, String> endpoint = Map.of("endpoint", "https://s3.example.org");
    assertThat(S3Options.read("b", "", endpoint, _ -> "").pathStyle()).isTrue();
    assertThat(
            S3Options.read(
                    "b",
                    "",
                    Map.of("endpoint", "https://s3.example.org", "path-style", "false"),
                    _ -> "")
                .pathStyle())
        .isFalse();
    assertThat(S3Options.read("with.dots", "", Map.of(), _ -> "").pathStyle()).isTrue();
  }

  @Test
  void everyOption_isRead() {
    S3Settings settings =
        S3Options.read(
            "b",
            "",
            Map.of(
                "checksums", "when-required",
                "conditional-create", "never",
                "chunked-encoding", "true",
                "bandwidth", "50M",
                "object-lock", "governance:12h",
                "retries", "0"),
            _ -> "");
    assertThat(settings.checksums()).isEqualTo(Checksums.WHEN_REQUIRED);
    assertThat(settings.conditionalCreate()).isEqualTo(ConditionalCreate.NEVER);
    assertThat(settings.chunkedEncoding()).isTrue();
    assertThat(settings.bytesPerSecond()).isEqualTo(50L << 20);
    assertThat(settings.objectLock())
        .contains(new LockRule(LockMode.GOVERNANCE, Duration.ofHours(12)));
    assertThat(settings.retries().attempts()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "reegion, x, there is no option 'reegion'",
    "path-style, yes, true or false",
    "endpoint, s3.example.org, https://host",
    "endpoint, https://key:secret@host, https://host",
    "checksums, always, 'when-supported, when-required'",
    "bandwidth, fast, bytes per second",
    "object-lock, compliance, compliance:30d",
    "object-lock, legal:30d, compliance:30d"
  })
  void option_thatCannotBe_saysWhatItMayBe(String name, String value, String words) {
    assertThatThrownBy(() -> S3Options.read("b", "", Map.of(name, value), _ -> ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  @ParameterizedTest
  @CsvSource({
    "compliance:30d, 30d",
    "governance:12h, 12h",
    "compliance:1y, 365d",
    "governance:90s, 90s"
  })
  void lockRule_readsBackWhatItWrites(String text, String length) {
    LockRule rule = LockRule.parse(text);
    assertThat(rule.text()).endsWith(":" + length);
    assertThat(LockRule.parse(rule.text())).isEqualTo(rule);
  }
}
