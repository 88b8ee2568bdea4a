/// Frees what no snapshot needs (restic design, "Locks" and "Read and Write Ordering"): a plan that
/// can be read, and two phases with a grace period between them, so that backups need not stop.
@NullMarked
package io.firn.repository.prune;

import org.jspecify.annotations.NullMarked;
