/// A restic repository, format version 2. Words have restic's meaning: blob, pack, index, tree,
/// snapshot, lock, backend.
@NullMarked
package io.firn.repository;

import org.jspecify.annotations.NullMarked;
