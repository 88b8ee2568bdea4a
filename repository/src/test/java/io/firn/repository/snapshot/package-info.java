@NullMarked
package io.firn.repository.snapshot;

import org.jspecify.annotations.NullMarked;
