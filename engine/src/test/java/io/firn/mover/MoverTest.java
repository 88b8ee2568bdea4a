package io.firn.mover;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.failure.FailureCode;
import io.firn.point.Domain;
import io.firn.point.LocalBackends;
import io.firn.point.Vault;
import io.firn.point.VaultLocation;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryOptions;
import io.firn.repository.TransferListener;
import io.firn.repository.TreeId;
import io.firn.repository.key.KdfCost;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MoverTest {
  /// A password that is cheap to guess, so that hundreds of movers open the vault in no time.
  static final RepositoryOptions CHEAP =
      RepositoryOptions.DEFAULT.withKdfCost(new KdfCost(1024, 8, 1));

  private static final Domain DOMAIN = new Domain("shop");

  @TempDir private Path folder;
  private Password password;
  private VaultLocation location;

  @BeforeEach
  void begin() {
    password = new Password("snow".toCharArray());
    location = VaultLocation.parse(folder.resolve("vault").toString());
    try (Vault vault = Vault.init(location, password, LocalBackends.unmounted(), CHEAP)) {
      vault.openOrCreateDomain(DOMAIN).close();
    }
  }

  @AfterEach
  void end() {
    password.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 511, 4096, 262143, 262145, 1_000_003})
  void disk_ofAnySize_comesBackByteForByteWithTheSameDigest(long size) throws IOException {
    Path disk = folder.resolve("disk");
    byte[] content = new byte[(int) size];
    new Random(size).nextBytes(content);
    Files.write(disk, content);

    MoverResult.Exported exported = export(disk);
    MoverResult.Populated populated =
        (MoverResult.Populated) populate(exported, folder.resolve("back"));

    assertThat(exported.sizeBytes()).isEqualTo(size);
    assertThat(folder.resolve("back")).hasBinaryContent(content);
    assertThat(populated.digest()).isEqualTo(exported.digest());
    assertThat(populated.sizeBytes()).isEqualTo(size);
  }

  @Test
  void disk_unchanged_givesTheSameTreeAndAddsNothing() throws IOException {
    Path disk = folder.resolve("disk");
    Files.write(disk, new byte[] {1, 2, 3});

    MoverResult.Exported first = export(disk);
    Files.setLastModifiedTime(disk, FileTime.from(Instant.EPOCH));
    MoverResult.Exported second = export(disk);

    assertThat(second.tree()).isEqualTo(first.tree());
    assertThat(second.bytesNew()).isZero();
  }

  @Test
  void disk_isRemembered_whereThatPays() throws IOException {
    Path disk = folder.resolve("disk");
    Files.write(disk, new byte[] {1, 2, 3});

    export(disk);
    List<Path> first = seen();
    export(disk);

    assertThat(first).hasSize(Repository.recognisesFast() ? 1 : 0);
    assertThat(seen()).isEqualTo(first);
  }

  private List<Path> seen() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> String.valueOf(file.getParent()).endsWith("seen"))
          .filter(Files::isRegularFile)
          .toList();
    }
  }

  @Test
  void folder_withFilesBesideTheDisk_comesBackWithNamesModesAndTimes() throws IOException {
    Path volume = Files.createDirectory(folder.resolve("volume"));
    Files.createDirectory(volume.resolve("lost+found"));
    Files.write(volume.resolve("disk.img"), new byte[10_000]);
    Path state = Files.createDirectories(volume.resolve("swtpm/Zustand-ä-雪"));
    Path file = Files.writeString(state.resolve("tpm2-00.permall"), "secret");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-02T03:04:05Z")));
    Path target = Files.createDirectory(folder.resolve("target"));

    MoverResult.Exported exported = export(volume);
    populate(exported, target);

    Path back = target.resolve("swtpm/Zustand-ä-雪/tpm2-00.permall");
    assertThat(back).hasContent("secret");
    assertThat(Files.getPosixFilePermissions(back))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    assertThat(Files.getLastModifiedTime(back).toInstant()).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(target.resolve("disk.img")).hasSize(10_000);
    assertThat(target.resolve("lost+found")).doesNotExist();
    assertThat(exported.sizeBytes()).isEqualTo(10_000);
  }

  @Test
  void folder_withoutADisk_hasNoDigestButItsBytes() throws IOException {
    Path volume = Files.createDirectory(folder.resolve("volume"));
    Files.writeString(volume.resolve("state"), "12345");

    MoverResult.Exported exported = export(volume);

    assertThat(exported.digest()).isEmpty();
    assertThat(exported.sizeBytes()).isEqualTo(5);
  }

  @Test
  void folder_withSomethingThatCannotBeKept_failsAndNamesIt() throws IOException {
    Path volume = Files.createDirectory(folder.resolve("volume"));
    Files.createSymbolicLink(volume.resolve("disk.img"), Path.of("/etc/hostname"));

    assertThat(run(task(volume)))
        .isInstanceOfSatisfying(
            MoverResult.Failed.class,
            failed -> {
              assertThat(failed.failure().code()).isEqualTo(FailureCode.MOVER_FAILED);
              assertThat(failed.failure().summary()).contains("disk.img");
            });
  }

  @Test
  void disk_thatIsNotThere_isAFailureForGood() {
    assertThat(run(task(folder.resolve("disk"))))
        .isInstanceOfSatisfying(
            MoverResult.Failed.class,
            failed -> {
              assertThat(failed.failure().summary()).contains("does not exist");
              assertThat(failed.failure().retryable()).isFalse();
            });
  }

  @Test
  void target_thatIsTooSmall_failsAndSaysBothSizes() throws IOException {
    Path disk = Files.write(folder.resolve("disk"), new byte[8192]);
    Path small = folder.resolve("small");
    try (RandomAccessFile file = new RandomAccessFile(small.toFile(), "rw")) {
      file.setLength(4096);
    }

    MoverResult result = populate(export(disk), small);

    assertThat(result)
        .isInstanceOfSatisfying(
            MoverResult.Failed.class,
            failed -> assertThat(failed.failure().summary()).contains("4096").contains("8192"));
  }

  @Test
  void password_wrong_isAFailureWithItsCode() {
    try (Password wrong = new Password("rain".toCharArray())) {
      MoverResult result =
          new Mover(LocalBackends.unmounted())
              .run(task(folder.resolve("disk")), wrong, TransferListener.SILENT);

      assertThat(result)
          .isInstanceOfSatisfying(
              MoverResult.Failed.class,
              failed ->
                  assertThat(failed.failure().code()).isEqualTo(FailureCode.VAULT_WRONG_PASSWORD));
    }
  }

  private MoverResult.Exported export(Path source) {
    return (MoverResult.Exported) run(task(source));
  }

  private MoverResult populate(MoverResult.Exported exported, Path target) {
    return run(
        new MoverTask.Populate(
            location, DOMAIN, TreeId.of(exported.tree()), target, exported.blockSizeBytes(), 2));
  }

  private MoverTask task(Path source) {
    return new MoverTask.Export(source, location, DOMAIN, 4096, 2);
  }

  private MoverResult run(MoverTask task) {
    return new Mover(LocalBackends.unmounted()).run(task, password, TransferListener.SILENT);
  }
}
