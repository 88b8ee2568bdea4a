@NullMarked
package io.firn.repository.seen;

import org.jspecify.annotations.NullMarked;
