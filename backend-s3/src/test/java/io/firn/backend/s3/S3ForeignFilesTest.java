package io.firn.backend.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.backend.s3.server.S3Proxy;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.RepositoryOptions;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.key.KdfCost;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Prefixes of a bucket under which others keep something. A bucket has no empty folders and no
/// nested ones: what tells is the keys.
class S3ForeignFilesTest {
  private static final RepositoryOptions OPTIONS =
      RepositoryOptions.DEFAULT.withKdfCost(new KdfCost(2, 1, 1));

  @TempDir Path folder;
  private String name = "";
  private S3Store store;

  @BeforeEach
  void connect() {
    S3Proxy server = S3Proxy.shared();
    server.bucket("foreign");
    store = S3Testing.store(server, folder, "foreign");
    name = UUID.randomUUID().toString();
  }

  @Test
  void repositoryBelowThings_isNotMade() throws IOException {
    String path = "photos/index/" + "a".repeat(64);
    store.backend(name + "/photos").save(file(FileType.INDEX), ByteBuffer.allocate(1));
    Backend backend = store.backend(name);

    assertThat(backend.foreignFile()).hasValue(path);
    assertThatThrownBy(() -> init(backend))
        .hasMessageContaining(path)
        .isInstanceOfSatisfying(
            RepositoryException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.NOT_A_REPOSITORY));
    assertThat(backend.list(FileType.KEY)).isEmpty();
  }

  @Test
  void neighbours_andWhatAKilledInitLeaves_areInNobodysWay() throws IOException {
    store.backend(name + "-2").save(file(FileType.INDEX), ByteBuffer.allocate(1));
    Backend backend = store.backend(name);
    backend.save(file(FileType.KEY), ByteBuffer.allocate(1));

    assertThat(backend.foreignFile()).isEmpty();
    init(backend);
    assertThat(backend.list(FileType.CONFIG)).hasSize(1);
  }

  @Test
  void markerOfAFolder_isNoFile() {
    ObjectKeys keys = ObjectKeys.below("vault", "shop");
    assertThat(keys.foreign("vault/shop/")).isEmpty();
    assertThat(keys.foreign("vault/shop/photos/")).isEmpty();
    assertThat(keys.foreign("vault/shop/photos/cat.jpg")).hasValue("photos/cat.jpg");
  }

  private static void init(Backend backend) {
    try (Password password = new Password("snow".toCharArray())) {
      Repository.init(backend, password, OPTIONS).close();
    }
  }

  private static FileHandle file(FileType type) {
    return new FileHandle(type, "a".repeat(64));
  }
}
