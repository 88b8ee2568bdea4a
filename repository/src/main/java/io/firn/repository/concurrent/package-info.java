/// Threads beside their callers.
@NullMarked
package io.firn.repository.concurrent;

import org.jspecify.annotations.NullMarked;
