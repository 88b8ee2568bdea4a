@NullMarked
package io.firn.repository.backend;

import org.jspecify.annotations.NullMarked;
