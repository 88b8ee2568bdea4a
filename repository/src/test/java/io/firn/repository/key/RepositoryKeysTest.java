package io.firn.repository.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.KeyId;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.TestRepositories;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.ForwardingBackend;
import io.firn.repository.backend.MemoryBackend;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepositoryKeysTest {
  private final MemoryBackend backend = new MemoryBackend();
  private final Repository repository = TestRepositories.init(backend);

  @Test
  void addedPassword_opens_andIsListed() {
    KeyId added = repository.keys().add(password("zweites Paßwort"));
    Repository again = open("zweites Paßwort");
    assertThat(again.id()).isEqualTo(repository.id());
    assertThat(again.keys().list()).hasSize(2);
    assertThat(again.keys().list().stream().filter(KeyEntry::current))
        .extracting(KeyEntry::id)
        .containsExactly(added);
  }

  @Test
  void removedPassword_opensNoMore_andOthersDo() {
    KeyId added = repository.keys().add(password("second"));
    assertThat(repository.keys().remove(added)).isEqualTo(KeyRemoval.REMOVED);
    assertCode("second", FailureCode.WRONG_PASSWORD);
    assertThat(repository.keys().remove(added)).isEqualTo(KeyRemoval.ABSENT);
    assertThat(TestRepositories.open(backend).keys().list()).hasSize(1);
  }

  @Test
  void currentKey_andLastKey_areNotRemoved() {
    KeyId current = repository.keys().list().getFirst().id();
    assertThat(repository.keys().remove(current)).isEqualTo(KeyRemoval.REFUSED_CURRENT);
    KeyId added = repository.keys().add(password("second"));
    assertThat(open("second").keys().remove(current)).isEqualTo(KeyRemoval.REMOVED);
    assertThat(repository.keys().remove(added)).isEqualTo(KeyRemoval.REFUSED_LAST);
    assertThat(open("second").keys().list()).hasSize(1);
  }

  @Test
  void damagedKey_isPassedOver_whileAnotherOpens_andNamedOtherwise() throws IOException {
    FileHandle damaged = new FileHandle(FileType.KEY, "0".repeat(64));
    backend.save(damaged, ByteBuffer.wrap("{}".getBytes(StandardCharsets.UTF_8)));
    assertThat(TestRepositories.open(backend).id()).isEqualTo(repository.id());
    assertThatThrownBy(() -> open("wrong"))
        .hasMessageContaining(damaged.toString())
        .isInstanceOfSatisfying(
            RepositoryException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CORRUPT));
  }

  @Test
  void wrongPassword_says_soAndNotWhat() {
    assertCode("wrong", FailureCode.WRONG_PASSWORD);
    assertThat(password("secret").toString()).doesNotContain("secret");
  }

  @Test
  void absurdCost_isRefused() {
    assertThatThrownBy(() -> new KdfCost(1 << 30, 8, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KdfCost(2, 1, 1 << 26))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new KdfCost(2, 1, 1 << 22).memoryBytes()).isGreaterThan(1 << 29);
    assertThatThrownBy(() -> new KdfCost(1000, 8, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void costBeyondAnyMemory_isRefusedWithoutTakingIt() throws IOException {
    FileHandle key = backend.list(FileType.KEY).getFirst().handle();
    String json = new String(backend.load(key), StandardCharsets.UTF_8);
    for (String cost :
        List.of(
            "\"N\":1099511627776",
            "\"N\":1073741824",
            "\"N\":4294983680",
            "\"N\":0",
            "\"N\":-16")) {
      assertRefused(json.replace("\"N\":16", cost));
    }
    assertRefused(json.replace("\"r\":8", "\"r\":2147483647"));
    assertRefused(json.replace("\"r\":8", "\"r\":1073741824"));
    assertRefused(json.replace("\"p\":1", "\"p\":2147483647"));
    assertRefused(json.replace("\"salt\":\"", "\"salt\":\"AAAA"));
  }

  /// A repository whose only key is this file.
  private static void assertRefused(String key) throws IOException {
    MemoryBackend other = new MemoryBackend();
    TestRepositories.init(other);
    other.delete(other.list(FileType.KEY).getFirst().handle());
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    String name = io.firn.repository.crypto.Sha256.of(bytes).toString();
    other.save(new FileHandle(FileType.KEY, name), ByteBuffer.wrap(bytes));
    assertThatThrownBy(() -> TestRepositories.open(other))
        .hasMessageContaining(name)
        .isInstanceOfSatisfying(
            RepositoryException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CORRUPT));
  }

  @Test
  void keyOfAnotherRepository_withTheSamePassword_isPassedOver() throws IOException {
    for (int i = 0; i < 4; i++) {
      MemoryBackend other = new MemoryBackend();
      TestRepositories.init(other);
      FileHandle foreign = other.list(FileType.KEY).getFirst().handle();
      backend.save(foreign, ByteBuffer.wrap(other.load(foreign)));
    }
    try (Repository again = TestRepositories.open(backend)) {
      assertThat(again.id()).isEqualTo(repository.id());
      assertThat(again.keys().openedBy(TestRepositories.password())).hasSize(1);
    }
  }

  @Test
  void key21_isRefused_sinceResticTriesTwenty() {
    for (int i = 2; i <= 20; i++) {
      repository.keys().add(password("number " + i));
    }
    assertThatThrownBy(() -> repository.keys().add(password("one more")))
        .hasMessageContaining("has 20 keys")
        .isInstanceOfSatisfying(
            RepositoryException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.TOO_MANY_KEYS));
  }

  @Test
  void key21_isTakenForAKeyThatLeaves_andNoOther() {
    KeyId first = repository.keys().list().getFirst().id();
    for (int i = 2; i <= 20; i++) {
      repository.keys().add(password("number " + i));
    }
    repository.keys().addInPlaceOf(first, password("next"), "");
    assertThat(repository.keys().ids()).hasSize(21);
    assertThatThrownBy(() -> repository.keys().addInPlaceOf(first, password("more"), ""))
        .hasMessageContaining("has 21 keys; restic tries 20");
    assertThat(open("next").keys().remove(first)).isEqualTo(KeyRemoval.REMOVED);
    assertThatThrownBy(() -> open("next").keys().addInPlaceOf(first, password("more"), ""))
        .as("it has left already")
        .hasMessageContaining("has 20 keys");
  }

  @Test
  void manyKeysOfOthers_lockNobodyOut() throws IOException {
    for (int i = 0; i < 24; i++) {
      String name = "%064x".formatted(i);
      backend.save(new FileHandle(FileType.KEY, name), ByteBuffer.wrap(new byte[3]));
    }
    assertThat(TestRepositories.open(backend).id()).isEqualTo(repository.id());
  }

  @Test
  void damagedKey_isRemoved() throws IOException {
    KeyId damaged = KeyId.of("0".repeat(64));
    backend.save(new FileHandle(FileType.KEY, damaged.toString()), ByteBuffer.wrap(new byte[3]));
    assertThat(repository.keys().ids()).contains(damaged);
    assertThat(repository.keys().listing().readable()).hasSize(1);
    assertThat(repository.keys().listing().damaged()).containsOnlyKeys(damaged);
    assertThatThrownBy(() -> repository.keys().list()).hasMessageContaining(damaged.toString());
    assertThat(repository.keys().remove(damaged)).isEqualTo(KeyRemoval.REMOVED);
    assertThat(repository.keys().list()).hasSize(1);
  }

  @Test
  void keyThatGoesWhileItIsLookedFor_isPassedOver_andTheOneInItsPlaceIsFound() {
    KeyId first = repository.keys().list().getFirst().id();
    Backend changing = changedWhileLookedAt(() -> replace(first));
    try (Repository found =
        Repository.open(changing, password("second"), TestRepositories.OPTIONS)) {
      assertThat(found.id()).isEqualTo(repository.id());
    }
  }

  @Test
  void keyThatGoesWhileKeysAreListed_isPassedOver() {
    KeyId gone = repository.keys().add(password("second"));
    Backend changing = changedWhileLookedAt(() -> repository.keys().remove(gone));
    KeyFiles files = new KeyFiles(changing);
    assertThat(files.list(gone)).hasSize(1);
    assertThat(files.faults()).isEmpty();
  }

  /// As a change of password does it.
  private void replace(KeyId first) {
    repository.keys().add(password("second"));
    open("second").keys().remove(first);
  }

  /// Somebody changes the keys once they are listed, before one is read.
  private Backend changedWhileLookedAt(Runnable change) {
    return new ForwardingBackend(backend) {
      private boolean changed;

      @Override
      public byte[] load(FileHandle handle) throws IOException {
        if (handle.type() == FileType.KEY && !changed) {
          changed = true;
          change.run();
        }
        return super.load(handle);
      }
    };
  }

  @Test
  void label_isWhereResticHasTheUser() {
    repository.keys().add(password("second"), "escrow");
    assertThat(repository.keys().list().getLast().username()).isEqualTo("escrow");
  }

  @Test
  void closedRepository_keepsNoKey() {
    Repository again = TestRepositories.open(backend);
    again.close();
    assertThatThrownBy(again::writer).isInstanceOf(IllegalStateException.class);
  }

  private void assertCode(String password, FailureCode code) {
    assertThatThrownBy(() -> open(password))
        .hasMessageNotContaining(password("x").toString())
        .isInstanceOfSatisfying(
            RepositoryException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private Repository open(String password) {
    return Repository.open(backend, password(password), TestRepositories.OPTIONS);
  }

  private static Password password(String text) {
    return new Password(text.toCharArray());
  }
}
