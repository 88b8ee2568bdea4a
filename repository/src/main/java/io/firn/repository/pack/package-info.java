/// Pack files: blobs back to back and a header at the end (restic design, "Pack Format").
@NullMarked
package io.firn.repository.pack;

import org.jspecify.annotations.NullMarked;
