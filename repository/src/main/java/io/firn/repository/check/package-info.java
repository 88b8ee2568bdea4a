/// Is everything there, and is it what it was? At three depths.
@NullMarked
package io.firn.repository.check;

import org.jspecify.annotations.NullMarked;
