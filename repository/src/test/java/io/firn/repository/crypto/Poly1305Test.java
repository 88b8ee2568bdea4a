package io.firn.repository.crypto;

class Poly1305Test extends OneTimeMacContract {
  @Override
  OneTimeMac mac() {
    return OneTimeMac.OWN;
  }
}
