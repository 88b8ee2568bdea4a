/// Reads points back and says what is damaged.
@NullMarked
package io.firn.verify;

import org.jspecify.annotations.NullMarked;
