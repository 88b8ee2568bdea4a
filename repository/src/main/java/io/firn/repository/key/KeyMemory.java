package io.firn.repository.key;

import java.util.Optional;

/// Remembers the master key of a repository, so that opening it again costs no scrypt. What is
/// recalled is never believed: it has to open the config, and its key file has to be there still.
/// The keeper must guard it as well as the password.
public interface KeyMemory {
  /// Remembers nothing.
  KeyMemory NONE =
      new KeyMemory() {
        @Override
        public Optional<OpenKey> recall() {
          return Optional.empty();
        }

        @Override
        public void keep(OpenKey key) {}
      };

  Optional<OpenKey> recall();

  void keep(OpenKey key);
}
