@NullMarked
package io.firn.repository.lock;

import org.jspecify.annotations.NullMarked;
