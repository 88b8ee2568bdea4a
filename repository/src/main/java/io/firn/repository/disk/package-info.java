/// Disks: fixed blocks, zero blobs, holes, several workers.
@NullMarked
package io.firn.repository.disk;

import org.jspecify.annotations.NullMarked;
