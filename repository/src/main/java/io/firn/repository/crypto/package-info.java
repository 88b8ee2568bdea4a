/// The envelope of every stored byte: AES-256-CTR and Poly1305-AES (restic design, "Keys,
/// Encryption and MAC").
@NullMarked
package io.firn.repository.crypto;

import org.jspecify.annotations.NullMarked;
