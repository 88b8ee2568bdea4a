@NullMarked
package io.firn.repository.pack;

import org.jspecify.annotations.NullMarked;
