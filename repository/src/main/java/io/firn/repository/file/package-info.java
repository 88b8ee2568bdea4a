/// Files as the system below Java has them.
@NullMarked
package io.firn.repository.file;

import org.jspecify.annotations.NullMarked;
