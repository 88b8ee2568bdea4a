/// Blobs as a store: look up, compress, encrypt, pack, and back.
@NullMarked
package io.firn.repository.blob;

import org.jspecify.annotations.NullMarked;
