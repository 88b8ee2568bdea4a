@NullMarked
package io.firn.repository.index;

import org.jspecify.annotations.NullMarked;
