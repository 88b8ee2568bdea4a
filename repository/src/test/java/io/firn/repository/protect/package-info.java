@NullMarked
package io.firn.repository.protect;

import org.jspecify.annotations.NullMarked;
