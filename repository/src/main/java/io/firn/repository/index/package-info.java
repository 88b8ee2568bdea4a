/// Which blob lies in which pack, on disk and in memory (restic design, "Indexing").
@NullMarked
package io.firn.repository.index;

import org.jspecify.annotations.NullMarked;
