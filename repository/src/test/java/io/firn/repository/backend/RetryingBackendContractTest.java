package io.firn.repository.backend;

class RetryingBackendContractTest extends BackendContract {
  @Override
  protected Backend newBackend() {
    return new RetryingBackend(new MemoryBackend(), pause -> {});
  }
}
