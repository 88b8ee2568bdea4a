/// Files that hold one JSON document each: indexes, snapshots, locks (restic design, "Unpacked Data
/// Format").
@NullMarked
package io.firn.repository.unpacked;

import org.jspecify.annotations.NullMarked;
