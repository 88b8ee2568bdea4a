@NullMarked
package io.firn.repository.blob;

import org.jspecify.annotations.NullMarked;
