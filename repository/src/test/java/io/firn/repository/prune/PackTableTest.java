package io.firn.repository.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.BlobId;
import io.firn.repository.PackId;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.index.BlobIndex;
import io.firn.repository.index.IndexedPack;
import io.firn.repository.pack.BlobType;
import io.firn.repository.pack.PackEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackTableTest {
  @Test
  void blobThatIsLongerThanAnyArray_isDamage_andItsPackIsNamed() {
    PackId pack = PackId.of("a".repeat(64));
    BlobId blob = BlobId.of("b".repeat(64));
    PackTable table = new PackTable(new BlobIndex());
    IndexedPack listed =
        new IndexedPack(pack, List.of(new PackEntry(BlobType.DATA, blob, 0, 1L << 31, 0)));
    assertThatThrownBy(() -> table.add(listed))
        .hasMessageContaining(pack.toString())
        .isInstanceOfSatisfying(
            RepositoryException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CORRUPT));
  }
}
