@NullMarked
package io.firn.retention;

import org.jspecify.annotations.NullMarked;
