@NullMarked
package io.firn.repository.crypto;

import org.jspecify.annotations.NullMarked;
