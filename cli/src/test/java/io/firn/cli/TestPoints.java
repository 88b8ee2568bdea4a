package io.firn.cli;

import io.firn.point.Domain;
import io.firn.point.LocalBackends;
import io.firn.point.Vault;
import io.firn.point.VaultLocation;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryOptions;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.Snapshot;
import io.firn.repository.key.KdfCost;
import io.firn.repository.lock.LockTimer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A vault with points that hold nothing: enough for lists and for forgetting. Cheap keys.
final class TestPoints implements AutoCloseable {
  private static final RepositoryOptions CHEAP =
      RepositoryOptions.DEFAULT.withKdfCost(new KdfCost(16, 8, 1)).withLockTimer(new NoWaiting());

  private final Vault vault;

  private TestPoints(Vault vault) {
    this.vault = vault;
  }

  static TestPoints init(Path folder, String password) {
    try (Password secret = new Password(password.toCharArray())) {
      return new TestPoints(
          Vault.init(
              VaultLocation.parse(folder.toString()), secret, LocalBackends.unmounted(), CHEAP));
    }
  }

  /// A point of that name, in the domain and namespace, of these VMs.
  void seal(String namespace, String point, String time, String... machines) {
    seal(namespace, point, time, List.of(), machines);
  }

  /// The same with these tags besides.
  void seal(String namespace, String point, String time, List<String> more, String... machines) {
    try (Repository repository = vault.openOrCreateDomain(new Domain(namespace));
        RepositoryWriter writer = repository.writer()) {
      List<String> tags = new ArrayList<>(List.of("point=" + point, "level=filesystem"));
      List.of(machines).forEach(machine -> tags.add("vm=" + machine));
      tags.addAll(more);
      writer.writeSnapshot(
          new Snapshot(
              Instant.parse(time),
              writer.writeTree(List.of()),
              List.of("/" + namespace),
              "cluster",
              "firn",
              tags,
              "firn",
              Optional.empty(),
              Optional.empty()));
    }
  }

  @Override
  public void close() {
    vault.close();
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
