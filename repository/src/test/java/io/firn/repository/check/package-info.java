@NullMarked
package io.firn.repository.check;

import org.jspecify.annotations.NullMarked;
