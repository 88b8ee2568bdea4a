@NullMarked
package io.firn.repository.key;

import org.jspecify.annotations.NullMarked;
