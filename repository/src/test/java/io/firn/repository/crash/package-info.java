@NullMarked
package io.firn.repository.crash;

import org.jspecify.annotations.NullMarked;
