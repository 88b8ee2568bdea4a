package io.firn.backend.s3;

import io.firn.backend.s3.server.Buckets;
import io.firn.backend.s3.server.Radosgw;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.BackendContract;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

/// The contract on radosgw, in a bucket without object lock.
class RadosgwContractTest extends BackendContract {
  @TempDir Path folder;

  @Override
  protected Backend newBackend() {
    Radosgw server = Radosgw.shared();
    Buckets.make(server, "contract", false);
    return S3Testing.store(server, folder, "contract").backend(UUID.randomUUID().toString());
  }
}
