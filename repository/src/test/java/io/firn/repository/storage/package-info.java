/// Storage that is full, read-only, or copied elsewhere.
@NullMarked
package io.firn.repository.storage;

import org.jspecify.annotations.NullMarked;
