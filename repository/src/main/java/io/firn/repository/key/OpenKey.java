package io.firn.repository.key;

import io.firn.repository.KeyId;
import io.firn.repository.crypto.SecretKey;

/// The master key, and the key file that yielded it.
public record OpenKey(KeyId id, SecretKey master) {}
