@NullMarked
package io.firn.repository.disk;

import org.jspecify.annotations.NullMarked;
