/// Plans and takes backups.
@NullMarked
package io.firn.backup;

import org.jspecify.annotations.NullMarked;
