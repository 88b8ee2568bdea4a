/// Mends what can be mended: the index from the packs' headers, and damaged packs by saving what is
/// still readable in them (restic's `repair index` and `repair packs`).
@NullMarked
package io.firn.repository.repair;

import org.jspecify.annotations.NullMarked;
