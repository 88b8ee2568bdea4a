/// Finds and removes what killed runs left behind.
@NullMarked
package io.firn.doctor;

import org.jspecify.annotations.NullMarked;
