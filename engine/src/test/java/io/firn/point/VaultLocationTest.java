package io.firn.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaultLocationTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://vms",
        "s3://vms/prod",
        "s3://vms/prod/east?region=eu-central-1",
        "s3://vms/prod?endpoint=https://s3.example.org:9000&path-style=true",
        "s3://vms?note=a%20b%26c"
      })
  void bucket_readsBackWhatItWrites(String text) {
    VaultLocation location = VaultLocation.parse(text);
    assertThat(location).isInstanceOf(VaultLocation.Bucket.class);
    assertThat(location.url()).isEqualTo(text);
    assertThat(VaultLocation.parse(location.url())).isEqualTo(location);
  }

  @Test
  void bucket_withALock_saysSo() {
    VaultLocation.Bucket bucket = (VaultLocation.Bucket) VaultLocation.parse("s3://vms/prod/");
    assertThat(bucket.prefix()).isEqualTo("prod");
    assertThat(bucket.objectLock()).isEmpty();
    assertThat(bucket.withObjectLock("compliance:30d").url())
        .isEqualTo("s3://vms/prod?object-lock=compliance:30d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://AKIAKEY:hunter2@vms/prod",
        "s3://vms/prod?secret-key=hunter2",
        "s3://vms/prod?aws_session_token=hunter2",
        "s3://vms/prod?endpoint=https://AKIAKEY:hunter2@host"
      })
  void credentialsInAnAddress_areRefused_andNotRepeated(String text) {
    assertThatThrownBy(() -> VaultLocation.parse(text))
        .isInstanceOfSatisfying(
            FirnException.class,
            e -> {
              assertThat(e.failure().code()).isEqualTo(FailureCode.USAGE);
              assertThat(e.failure().toString()).doesNotContain("hunter2").doesNotContain("AKIA");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "s3://, bucket",
    "s3:///prefix, bucket",
    "s3://vms/a//b, empty parts",
    "s3://vms?region, option=value",
    "s3://vms?region=a&region=b, twice",
    "ftp://host/x, scheme"
  })
  void address_thatIsNone_saysWhy(String text, String why) {
    assertThatThrownBy(() -> VaultLocation.parse(text))
        .isInstanceOf(FirnException.class)
        .hasMessageContaining(why);
  }
}
