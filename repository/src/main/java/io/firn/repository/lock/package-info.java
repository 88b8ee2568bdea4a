/// Lock files: shared and exclusive, refreshed, stale or not (restic design, "Locks").
@NullMarked
package io.firn.repository.lock;

import org.jspecify.annotations.NullMarked;
