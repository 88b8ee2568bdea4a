package io.firn.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryOptions;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VaultTest {
  @TempDir private Path folder;

  @Test
  void vault_made_opensAndHoldsDomains() {
    init();

    try (Vault vault = open("snow")) {
      assertThat(vault.domains()).isEmpty();
      vault.openOrCreateDomain(new Domain("shop")).close();
      vault.openOrCreateDomain(new Domain("shop")).close();
      assertThat(vault.domains()).containsExactly(new Domain("shop"));
    }
  }

  @Test
  void domainPolicy_readBack_isWhatTheVaultWasMadeWith() {
    init();
    try (Vault vault = open("snow")) {
      assertThat(vault.domainPolicy())
          .as("a vault without a record")
          .isEqualTo(DomainPolicy.PER_NAMESPACE);
    }
    for (DomainPolicy policy : DomainPolicy.values()) {
      VaultLocation place = VaultLocation.parse(folder.resolve(policy.label()).toString());
      try (Password password = new Password("snow".toCharArray())) {
        Vault.init(place, password, LocalBackends.unmounted(), RepositoryOptions.DEFAULT, policy)
            .close();
        try (Vault vault = Vault.open(place, password, LocalBackends.unmounted())) {
          assertThat(vault.domainPolicy()).isEqualTo(policy);
          assertThat(new PointCatalog(vault).list(PointFilter.ALL)).isEmpty();
        }
      }
    }
  }

  @Test
  void domainPolicy_ofANewerFirn_isRefusedForBackups() {
    init();
    try (Vault vault = open("snow");
        Password password = new Password("snow".toCharArray());
        Repository marker = Repository.open(vault.markerBackend(), password);
        RepositoryWriter writer = marker.writer()) {
      writer.writeSnapshot(
          new Snapshot(
              Instant.EPOCH,
              writer.writeTree(List.of()),
              List.of("/vault"),
              "",
              "",
              List.of("firn=vault", "domains=per-planet"),
              "",
              Optional.empty(),
              Optional.empty()));
      FirnException e = failure(vault::domainPolicy);
      assertThat(e.failure().code()).isEqualTo(FailureCode.VAULT_VERSION);
      assertThat(e.failure().summary()).contains("per-planet");
    }
  }

  @Test
  void vault_absent_saysWhatToDo() {
    FirnException e = failure(() -> open("snow").close());

    assertThat(e.failure().code()).isEqualTo(FailureCode.VAULT_ABSENT);
    assertThat(e.failure().guidance()).contains("firn vault init");
  }

  @Test
  void vault_madeTwice_isRefused() {
    init();

    assertThat(failure(this::init).failure().code()).isEqualTo(FailureCode.VAULT_EXISTS);
  }

  @Test
  void initThatWasKilled_isStartedOver_forTheMarkerAndForADomain() throws IOException {
    init();
    Files.delete(folder.resolve("vault/.firn/config"));
    assertThat(failure(() -> open("snow").close()).failure().code())
        .isEqualTo(FailureCode.VAULT_NOT_A_VAULT);
    init();
    try (Vault vault = open("snow")) {
      vault.openOrCreateDomain(new Domain("shop")).close();
      Files.delete(folder.resolve("vault/shop/config"));
      vault.openOrCreateDomain(new Domain("shop")).close();
      vault.openDomain(new Domain("shop")).close();
    }
  }

  @Test
  void folderOfOtherThings_withADomainsName_isRefused_andNamed() throws IOException {
    init();
    Path photos = Files.createDirectories(folder.resolve("vault/shop/photos"));
    Files.writeString(photos.resolve("cat.jpg"), "meow");
    try (Vault vault = open("snow")) {
      assertThat(failure(() -> vault.openOrCreateDomain(new Domain("shop")).close()).failure())
          .satisfies(failure -> {
            assertThat(failure.code()).isEqualTo(FailureCode.VAULT_NOT_A_VAULT);
            assertThat(failure.summary())
                .contains(folder.resolve("vault/shop").toString(), "photos/cat.jpg");
            assertThat(failure.guidance()).contains("out of the vault");
          });
      assertThat(folder.resolve("vault/shop")).isDirectoryNotContaining("glob:**/{keys,config}");
      Files.delete(photos.resolve("cat.jpg"));
      vault.openOrCreateDomain(new Domain("shop")).close();
    }
  }

  @Test
  void domainThatHoldsMore_isNotMadeAnew() throws IOException {
    init();
    try (Vault vault = open("snow")) {
      vault.openOrCreateDomain(new Domain("shop")).close();
      Files.writeString(folder.resolve("vault/shop/index/" + "a".repeat(64)), "x");
      Files.delete(folder.resolve("vault/shop/config"));
      assertThat(failure(() -> vault.openOrCreateDomain(new Domain("shop")).close()))
          .extracting(e -> e.failure().code())
          .isEqualTo(FailureCode.VAULT_DAMAGED);
    }
    Files.delete(folder.resolve("vault/.firn/config"));
    assertThat(failure(this::init).failure().code()).isEqualTo(FailureCode.VAULT_EXISTS);
  }

  @Test
  void folder_withOtherThings_isNeitherMadeNorOpenedAsAVault() throws IOException {
    Files.createDirectories(folder.resolve("vault/photos"));

    assertThat(failure(this::init).failure().code()).isEqualTo(FailureCode.VAULT_NOT_A_VAULT);
    assertThat(failure(() -> open("snow").close()).failure().code())
        .isEqualTo(FailureCode.VAULT_NOT_A_VAULT);
  }

  @Test
  void password_wrong_isFoundBeforeADomainIsMadeWithIt() {
    init();

    assertThat(failure(() -> open("rain").close()).failure().code())
        .isEqualTo(FailureCode.VAULT_WRONG_PASSWORD);
    assertThat(folder.resolve("vault")).isDirectoryNotContaining("glob:**/shop");
  }

  @Test
  void domain_absent_isNamed() {
    init();
    try (Vault vault = open("snow")) {
      FirnException e = failure(() -> vault.openDomain(new Domain("shop")).close());

      assertThat(e.failure().code()).isEqualTo(FailureCode.VAULT_ABSENT);
      assertThat(e.failure().summary()).contains("shop");
    }
  }

  @Test
  void domainNames_thatLeadElsewhere_areRefused() {
    for (String name : new String[] {"", ".firn", "..", "a/b"}) {
      assertThat(failure(() -> new Domain(name).name()).failure().code())
          .isEqualTo(FailureCode.USAGE);
    }
  }

  @Test
  void addresses_parsed_printTheSame() {
    for (String url :
        new String[] {
          "file:/srv/v", "nfs://nas/export/v", "pvc://ns/claim", "pvc://ns/claim/a/b"
        }) {
      assertThat(VaultLocation.parse(url).url()).isEqualTo(url);
    }
    assertThat(VaultLocation.parse("/srv/v/")).isEqualTo(new VaultLocation.Folder("/srv/v"));
    assertThat(VaultLocation.parse("file:///srv/v")).isEqualTo(new VaultLocation.Folder("/srv/v"));
  }

  @Test
  void addresses_thatAreNone_areRefused() {
    for (String url : new String[] {"", "ftp://bucket", "nfs://nas", "pvc://ns", "file:"}) {
      assertThat(failure(() -> VaultLocation.parse(url).url()).failure().code())
          .isEqualTo(FailureCode.USAGE);
    }
  }

  @Test
  void passwordFile_isReadWithoutItsLineEnd() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "schnee ä\r\n");

    try (Password password = PasswordFile.read(file)) {
      assertThat(new String(password.characters())).isEqualTo("schnee ä");
    }
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    assertThat(failure(() -> PasswordFile.read(empty).close()).failure().code())
        .isEqualTo(FailureCode.USAGE);
    assertThat(failure(() -> PasswordFile.read(folder.resolve("x")).close()).failure().code())
        .isEqualTo(FailureCode.USAGE);
  }

  private void init() {
    try (Password password = new Password("snow".toCharArray())) {
      Vault.init(location(), password, LocalBackends.unmounted()).close();
    }
  }

  private Vault open(String text) {
    try (Password password = new Password(text.toCharArray())) {
      return Vault.open(location(), password, LocalBackends.unmounted());
    }
  }

  private VaultLocation location() {
    return VaultLocation.parse(folder.resolve("vault").toString());
  }

  private static FirnException failure(Runnable action) {
    FirnException e = catchThrowableOfType(FirnException.class, action::run);
    assertThat(e).isNotNull();
    return e;
  }
}
