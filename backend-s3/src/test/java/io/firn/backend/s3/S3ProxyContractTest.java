package io.firn.backend.s3;

import io.firn.backend.s3.server.S3Proxy;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.BackendContract;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

/// The contract on s3proxy, with the options that AWS would get.
class S3ProxyContractTest extends BackendContract {
  @TempDir Path folder;

  @Override
  protected Backend newBackend() {
    S3Proxy server = S3Proxy.shared();
    server.bucket("contract");
    return S3Testing.store(server, folder, "contract").backend(UUID.randomUUID().toString());
  }
}
