@NullMarked
package io.firn.repository.prune;

import org.jspecify.annotations.NullMarked;
