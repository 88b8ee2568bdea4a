package io.firn.restore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SameContentTest {
  private static final String WANTED =
      "{kind: Secret, metadata: {name: s}, type: Opaque, data: {a: MQ==}}";

  @Test
  void defaultsOfTheServerAndMetadata_doNotCount() {
    assertThat(same("{kind: Secret, metadata: {name: s, uid: x}, type: Opaque, data: {a: MQ==}}"))
        .isTrue();
  }

  @Test
  void otherValue_missingKey_orMoreKeys_isOtherContent() {
    assertThat(same("{type: Opaque, data: {a: Mg==}}")).isFalse();
    assertThat(same("{type: Opaque, data: {}}")).isFalse();
    assertThat(same("{type: Opaque, data: {a: MQ==, b: MQ==}}")).isFalse();
  }

  private static boolean same(String existing) {
    return SameContent.of(RestoreShop.object(existing), RestoreShop.object(WANTED));
  }
}
