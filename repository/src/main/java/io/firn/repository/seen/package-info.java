/// What the blocks of a volume were when it was last read, so that a block that has not changed is
/// recognised without SHA-256 (docs/decisions/0042). Firn's own, beside restic's files; all of it
/// may be deleted at any moment.
@NullMarked
package io.firn.repository.seen;

import org.jspecify.annotations.NullMarked;
