@NullMarked
package io.firn.repository.repair;

import org.jspecify.annotations.NullMarked;
