/// Firn and stock restic on the same repository, both directions.
@NullMarked
package io.firn.repository.interop;

import org.jspecify.annotations.NullMarked;
