@NullMarked
package io.firn.verify;

import org.jspecify.annotations.NullMarked;
