@NullMarked
package io.firn.restore;

import org.jspecify.annotations.NullMarked;
