package io.firn.repository.crypto;

/// The build opens the runtime's package to tests: where this finds nothing, the runtime has
/// another Poly1305 now, and Firn goes back to its own unseen.
class RuntimePoly1305Test extends OneTimeMacContract {
  @Override
  OneTimeMac mac() {
    return RuntimePoly1305.find(0).orElseThrow();
  }
}
