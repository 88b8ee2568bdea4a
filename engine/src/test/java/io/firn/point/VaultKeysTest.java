package io.firn.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryOptions;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FaultyBackend;
import io.firn.repository.backend.FaultyBackend.Operation;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.MemoryBackend;
import io.firn.repository.key.KdfCost;
import io.firn.repository.lock.LockTimer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A change of password over marker and domains, cut at every change of the storage.
class VaultKeysTest {
  private static final VaultLocation LOCATION = new VaultLocation.Folder("/vault");
  private static final List<String> DOMAINS = List.of("bank", "shop");
  private static final RepositoryOptions OPTIONS =
      RepositoryOptions.DEFAULT.withKdfCost(new KdfCost(2, 1, 1)).withLockTimer(new NoWaiting());

  @Test
  void change_shutsTheOldOut_everywhere_andKeepsOthers() {
    MemoryVault memory = new MemoryVault();
    memory.init();
    try (Vault vault = memory.open("old");
        Password escrow = password("escrow")) {
      assertThat(new VaultKeys(vault).add(List.of(".firn", "bank", "shop"), escrow, "escrow"))
          .allMatch(change -> change.added().isPresent());
      assertThat(new VaultKeys(vault).add(List.of("bank"), escrow, "escrow"))
          .as("once is enough")
          .allMatch(change -> change.added().isEmpty());
    }
    memory.change("old", "new");
    memory.assertOpens("new", "escrow");
    memory.assertShut("old");
  }

  /// With nineteen others restic could not try one more, and none is free to be replaced.
  @ParameterizedTest
  @ValueSource(ints = {0, 19})
  void change_cutAnywhere_isFinishedByTheNextRun(int others) {
    int cuts = 0;
    boolean done = false;
    while (!done) {
      MemoryVault memory = new MemoryVault();
      memory.init();
      memory.addOthers(others);
      memory.cutAfter(cuts++);
      done = memory.change("old", "new");
      memory.mend();
      memory.assertKeys(others + 1, others + 2);
      if (!done) {
        memory.assertVaultOpensWithEither();
        memory.changeAgain();
      }
      memory.assertOpens("new");
      memory.assertShut("old");
      memory.assertKeys(others + 1, others + 1);
    }
    assertThat(cuts).isGreaterThan(12);
  }

  @Test
  void change_besideDamagedKeys_goesThrough_andLeavesThem() throws IOException {
    MemoryVault memory = new MemoryVault();
    memory.init();
    for (String name : List.of(Vault.MARKER, "bank", "shop")) {
      FileHandle damaged = new FileHandle(FileType.KEY, "0".repeat(64));
      memory.folder(name).save(damaged, ByteBuffer.wrap(new byte[] {'{', '}'}));
    }
    try (Vault vault = memory.open("old")) {
      assertThat(new DamagedKeys(vault).find())
          .hasSize(3)
          .last()
          .asString()
          .contains("firn vault key remove --domain shop " + "0".repeat(64));
      assertThat(new KeyDifferences(vault).find()).isEmpty();
    }
    assertThat(memory.change("old", "new")).isTrue();
    memory.assertOpens("new");
    memory.assertShut("old");
    memory.assertKeys(2, 2);
  }

  @Test
  void change_thatWasCutShort_isFinished_besideADamagedKey() throws IOException {
    MemoryVault memory = new MemoryVault();
    memory.init();
    memory.replace("bank", "new");
    FileHandle damaged = new FileHandle(FileType.KEY, "0".repeat(64));
    memory.folder("bank").save(damaged, ByteBuffer.wrap(new byte[3]));

    assertThat(memory.change("old", "new")).isTrue();
    memory.assertOpens("new");
  }

  @Test
  void differences_nameTheDomainThatWasMadeLater_andTheOneThatDoesNotOpen() {
    MemoryVault memory = new MemoryVault();
    memory.init();
    try (Vault vault = memory.open("old")) {
      assertThat(new KeyDifferences(vault).find()).isEmpty();
      try (Password escrow = password("escrow")) {
        new VaultKeys(vault).add(List.of(".firn", "bank"), escrow, "escrow");
      }
      assertThat(new KeyDifferences(vault).find())
          .singleElement()
          .asString()
          .contains("shop", "escrow");
    }
    memory.change("old", "new");
    memory.replace("bank", "other");
    try (Vault vault = memory.open("new")) {
      assertThat(new KeyDifferences(vault).find())
          .anyMatch(text -> text.startsWith("bank does not open"));
    }
  }

  private static Password password(String text) {
    return new Password(text.toCharArray());
  }

  /// A vault in memory whose storage can be cut off.
  private static final class MemoryVault implements Backends {
    private final TreeMap<String, MemoryBackend> folders = new TreeMap<>();
    private int changesLeft = Integer.MAX_VALUE;

    void init() {
      try (Password password = password("old");
          Vault vault = Vault.init(LOCATION, password, this, OPTIONS)) {
        for (String domain : DOMAINS) {
          vault.openOrCreateDomain(new Domain(domain)).close();
        }
      }
    }

    Vault open(String text) {
      try (Password password = password(text)) {
        return Vault.open(LOCATION, password, this, OPTIONS);
      }
    }

    /// Returns whether it went through.
    boolean change(String before, String after) {
      try (Vault vault = open(before);
          Password next = password(after)) {
        new VaultKeys(vault).change(next);
        return true;
      } catch (FirnException e) {
        return false;
      }
    }

    /// As a user does: with the old password, as long as it opens.
    void changeAgain() {
      boolean finished;
      try {
        finished = change("old", "new");
      } catch (FirnException e) {
        finished = e.failure().code() == FailureCode.VAULT_WRONG_PASSWORD;
      }
      assertThat(finished || opens(Vault.MARKER, "new")).isTrue();
    }

    void addOthers(int count) {
      for (MemoryBackend folder : folders.values()) {
        try (Password old = password("old");
            Repository repository = Repository.open(folder, old, OPTIONS)) {
          for (int i = 0; i < count; i++) {
            repository.keys().add(password("other " + i));
          }
        }
      }
    }

    void assertKeys(int least, int most) {
      for (MemoryBackend folder : folders.values()) {
        assertThat(folder.list(FileType.KEY)).hasSizeBetween(least, most);
      }
    }

    void cutAfter(int changes) {
      changesLeft = changes;
    }

    void mend() {
      changesLeft = Integer.MAX_VALUE;
      for (String name : folders.keySet()) {
        for (FileEntry lock : folder(name).list(FileType.LOCK)) {
          folder(name).delete(lock.handle());
        }
      }
    }

    void replace(String domain, String otherPassword) {
      folders.put(domain, new MemoryBackend());
      try (Password other = password(otherPassword)) {
        Repository.init(folder(domain), other, OPTIONS).close();
      }
    }

    void assertVaultOpensWithEither() {
      assertThat(opens(Vault.MARKER, "old") || opens(Vault.MARKER, "new")).isTrue();
    }

    void assertOpens(String... passwords) {
      for (String name : folders.keySet()) {
        for (String text : passwords) {
          assertThat(opens(name, text)).as(name + " with " + text).isTrue();
        }
      }
    }

    void assertShut(String text) {
      folders.keySet().forEach(name -> assertThat(opens(name, text)).as(name).isFalse());
      assertThatThrownBy(() -> open(text)).isInstanceOf(FirnException.class);
    }

    private boolean opens(String name, String text) {
      try (Password password = password(text)) {
        Repository.open(folder(name), password, OPTIONS).close();
        return true;
      } catch (io.firn.repository.RepositoryException e) {
        return false;
      }
    }

    private MemoryBackend folder(String name) {
      return folders.computeIfAbsent(name, n -> new MemoryBackend());
    }

    @Override
    public boolean exists(VaultLocation vault) {
      return !folders.isEmpty();
    }

    @Override
    public List<String> folders(VaultLocation vault) {
      return List.copyOf(folders.keySet());
    }

    @Override
    public Backend open(VaultLocation vault, String folder) {
      FaultyBackend faulty = new FaultyBackend(folder(folder));
      faulty.add((operation, handle, number) -> {
        boolean change = operation == Operation.SAVE || operation == Operation.DELETE;
        if (change && changesLeft-- <= 0) {
          throw new IOException("the cable is cut");
        }
      });
      return faulty;
    }
  }

  private static final class NoWaiting implements LockTimer {
    @Override
    public void pause(Duration duration) {}

    @Override
    public Running every(Duration period, Runnable action) {
      return () -> {};
    }
  }
}
