/// Folders as restic writes them (restic design, "Trees and Data").
@NullMarked
package io.firn.repository.tree;

import org.jspecify.annotations.NullMarked;
